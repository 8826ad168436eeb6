-- Stress tests that run on the server: what is asked, the documents as they were, and what came of it. Any node takes the next question.

create schema campaigns;
grant usage on schema campaigns to aman_request;

create table campaigns.campaigns (
  id uuid primary key default gen_random_uuid(),
  establishment text not null references access.establishments,
  -- null: the nightly one.
  asked_by uuid references access.people,
  asked_at timestamptz not null default now(),
  seed integer not null,
  nights integer not null constraint nights_range check (nights between 256 and 100000),
  -- Every hour of the week besides the hours that each study names.
  hourly boolean not null default false,
  state text not null default 'running' constraint known_state check (state in ('running', 'paused', 'cancelled', 'done')),
  ended_at timestamptz,
  -- SHA-256 over the digests of all questions in their order: the same however many nodes have worked.
  digest text
);
create index campaigns_by_establishment on campaigns.campaigns (establishment, asked_at);

-- The documents of one study, as they were when the campaign was asked for.
create table campaigns.studies (
  campaign uuid not null references campaigns.campaigns,
  study text not null,
  title jsonb not null,
  bundle jsonb not null,
  -- SHA-256 of it, to know whether it is still what is in force.
  hash text not null,
  -- Documents and versions that it is made of: [{document, version, status}].
  uses jsonb not null,
  primary key (campaign, study)
);

create table campaigns.questions (
  campaign uuid not null,
  number integer not null,
  study text not null,
  -- The chance of success, or what the absence of each person and thing would cost.
  asks text not null default 'chance' constraint known_question check (asks in ('chance', 'weakest')),
  -- Second of the week at which the night begins; null: as the study says.
  starts_at integer,
  state text not null default 'waiting' constraint known_state check (state in ('waiting', 'taken', 'done', 'failed')),
  -- The node that works on it, and until when nobody else takes it.
  node text,
  leased_until timestamptz,
  attempts integer not null default 0,
  result jsonb,
  digest text,
  seconds real,
  answered_at timestamptz,
  primary key (campaign, number),
  foreign key (campaign, study) references campaigns.studies
);
create index questions_to_do on campaigns.questions (campaign, number) where state in ('waiting', 'taken');

-- Whether somebody has asked for a campaign, other than `but`, that has not ended.
create function campaigns.is_open(place text, but uuid) returns boolean
  language sql stable security definer set search_path = pg_catalog, pg_temp
  as $$
    select exists (
      select from campaigns.campaigns c
      where c.establishment = place and c.state in ('running', 'paused') and c.asked_by is not null and c.id is distinct from but
    )
  $$;
revoke all on function campaigns.is_open(text, uuid) from public;

-- Who asks for a campaign, or stops one: who acts at the place.
create function campaigns.ask(place text, the_seed integer, the_nights integer, every_hour boolean, the_studies jsonb) returns uuid
  language plpgsql security definer set search_path = pg_catalog, pg_temp
  as $$
    declare
      made uuid;
    begin
      if (case when access.person() is null then current_setting('role') <> 'none' else not access.acts(place) end) then
        raise exception 'who reads only asks for nothing' using errcode = 'AM003';
      end if;
      perform pg_advisory_xact_lock(hashtextextended('aman campaigns of ' || place, 0));
      if access.person() is not null and campaigns.is_open(place, null) then
        raise exception 'one campaign of an establishment at a time' using errcode = 'AM004';
      end if;
      insert into campaigns.campaigns (establishment, asked_by, seed, nights, hourly)
        values (place, access.person(), the_seed, the_nights, every_hour) returning id into made;
      insert into campaigns.studies (campaign, study, title, bundle, hash, uses)
        select made, s ->> 'study', s -> 'title', s -> 'bundle', s ->> 'hash', s -> 'uses' from jsonb_array_elements(the_studies) s;
      -- First what everybody wants to know, then why, then every hour of the week.
      insert into campaigns.questions (campaign, number, study, asks, starts_at)
        select made, row_number() over (order by q.turn, s.study collate "C"), s.study, q.asks, q.starts_at
        from campaigns.studies s
        cross join (
          select 0 as turn, 'chance' as asks, null::integer as starts_at
          union all select 1, 'weakest', null
          union all select 2 + hour, 'chance', hour * 3600 from generate_series(0, 167) hour where every_hour
        ) q
        where s.campaign = made;
      perform ledger.note('campaign/' || made, place, 'campaign.asked', jsonb_build_object('seed', the_seed, 'nights', the_nights, 'hourly', every_hour));
      perform pg_notify('campaigns', made::text);
      return made;
    end
  $$;

create function campaigns.steer(the_campaign uuid, wanted text) returns boolean
  language plpgsql security definer set search_path = pg_catalog, pg_temp
  as $$
    declare
      place text;
    begin
      if wanted not in ('running', 'paused', 'cancelled') then raise exception 'running, paused or cancelled' using errcode = 'AM002'; end if;
      update campaigns.campaigns c set state = wanted, ended_at = case wanted when 'cancelled' then now() end
        where c.id = the_campaign and c.state in ('running', 'paused') and c.state <> wanted and access.acts(c.establishment)
        returning c.establishment into place;
      if not found then return false; end if;
      perform ledger.note('campaign/' || the_campaign, place, 'campaign.' || case wanted when 'running' then 'resumed' else wanted end, '{}');
      perform pg_notify('campaigns', the_campaign::text);
      return true;
    end
  $$;
revoke all on function campaigns.ask(text, integer, integer, boolean, jsonb), campaigns.steer(uuid, text) from public;
grant execute on function campaigns.ask(text, integer, integer, boolean, jsonb), campaigns.steer(uuid, text) to aman_request;

alter table campaigns.campaigns enable row level security;
create policy of_ones_own on campaigns.campaigns for select to aman_request using (establishment = any ((select access.places(null))::text[]));
grant select (id, establishment, asked_by, asked_at, seed, nights, hourly, state, ended_at, digest) on campaigns.campaigns to aman_request;

alter table campaigns.studies enable row level security;
create policy of_ones_own on campaigns.studies for select to aman_request
  using (exists (select from campaigns.campaigns c where c.id = campaign));
grant select (campaign, study, title, bundle, hash, uses) on campaigns.studies to aman_request;

alter table campaigns.questions enable row level security;
create policy of_ones_own on campaigns.questions for select to aman_request
  using (exists (select from campaigns.campaigns c where c.id = campaign));
grant select (campaign, number, study, asks, starts_at, state, node, attempts, result, digest, seconds, answered_at) on campaigns.questions to aman_request;
