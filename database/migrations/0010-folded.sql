-- Who may do what where, and what has come of stress tests, follow from the trail as documents do: what happens is put on record, and
-- folded from there. `access.rebuild` and `campaigns.rebuild` fold everything again. People, accounts and proofs stay outside: the trail
-- holds no names.

-- As of when the last event of a stream says that it happened.
create function ledger.moment(the_stream text) returns timestamptz
  language sql stable set search_path = pg_catalog, pg_temp
  as $$ select e.at from ledger.events e join ledger.heads h on h.stream = e.stream and h.number = e.number where e.stream = the_stream $$;
revoke all on function ledger.moment(text) from public;

-- Folding again takes establishments away and brings them back within one transaction: what leans on them is looked at when it ends.
do $$
declare
  leans record;
begin
  for leans in select conrelid::regclass as of_table, conname from pg_constraint where confrelid = 'access.establishments'::regclass loop
    execute format('alter table %s alter constraint %I deferrable', leans.of_table, leans.conname);
  end loop;
end
$$;

create function access.fold(place text, what text, said jsonb, who uuid, moment timestamptz) returns void
  language plpgsql security definer set search_path = pg_catalog, pg_temp
  as $$
    begin
      case what
        when 'grants.stated' then
          insert into access.establishments (id, title, created_at)
            select id, title, created_at from jsonb_populate_recordset(null::access.establishments, coalesce(said -> 'establishments', '[]'));
          insert into access.grants (id, person, role, establishment, granted_by, granted_at, expires_at, withdrawn_at)
            select id, person, role, establishment, granted_by, granted_at, expires_at, withdrawn_at
            from jsonb_populate_recordset(null::access.grants, coalesce(said -> 'grants', '[]'));
        when 'grants.set-up' then
          insert into access.establishments (id, title, created_at) values (said ->> 'establishment', said -> 'title', moment);
          insert into access.grants (id, person, role, establishment, granted_at, expires_at)
            select g.id, (said ->> 'person')::uuid, g.role, g.establishment, moment, g.until
            from jsonb_to_recordset(said -> 'grants') as g(id uuid, role text, establishment text, until timestamptz);
        when 'grants.establishment-founded' then
          insert into access.establishments (id, title, created_at) values (said ->> 'establishment', said -> 'title', moment);
        when 'grants.granted', 'grants.accepted', 'grants.glass-broken' then
          insert into access.grants (id, person, role, establishment, granted_by, granted_at, expires_at) values (
            (said ->> 'grant')::uuid, (said ->> 'person')::uuid, said ->> 'role', place, coalesce((said ->> 'by')::uuid, who), moment,
            (said ->> 'until')::timestamptz
          );
        when 'grants.prolonged' then
          update access.grants set expires_at = (said ->> 'until')::timestamptz where id = (said ->> 'grant')::uuid;
        when 'grants.withdrawn' then
          update access.grants set withdrawn_at = moment where id = (said ->> 'grant')::uuid;
        else
          null;
      end case;
    end
  $$;

-- Puts on record what has happened to rights and folds it, as of the moment that the record says. Whoever calls has checked who may.
create function access.happen(place text, what text, said jsonb) returns void
  language plpgsql security definer set search_path = pg_catalog, pg_temp
  as $$
    declare
      the_stream text := 'grants/' || coalesce(place, 'service');
    begin
      perform ledger.note(the_stream, place, what, said);
      perform access.fold(place, what, said, access.person(), ledger.moment(the_stream));
    end
  $$;

create function access.rebuild() returns bigint
  language plpgsql security definer set search_path = pg_catalog, pg_temp
  as $$
    declare
      event record;
      folded bigint := 0;
    begin
      set constraints all deferred;
      delete from access.grants;
      delete from access.establishments;
      for event in
        select * from ledger.events where stream like 'grants/%'
          -- What was there before rights were folded is stated once.
          and position >= coalesce((select min(position) from ledger.events where stream = 'grants/service' and kind = 'grants.stated'), 0)
          order by position
      loop
        perform access.fold(event.establishment, event.kind, convert_from(event.body, 'UTF8')::jsonb, event.person, event.at);
        folded := folded + 1;
      end loop;
      return folded;
    end
  $$;

-- An event holds a megabyte at most: what there is now is stated in parts.
do $$
declare
  part record;
begin
  if exists (select from access.establishments) then
    perform ledger.note('grants/service', null, 'grants.stated', jsonb_build_object(
      'establishments', (select jsonb_agg(to_jsonb(e) order by e.id) from access.establishments e)
    ));
    for part in
      select jsonb_agg(to_jsonb(g) - 'part') as grants
      from (select *, row_number() over (order by granted_at, id) / 1000 as part from access.grants) g group by g.part order by g.part
    loop
      perform ledger.note('grants/service', null, 'grants.stated', jsonb_build_object('grants', part.grants));
    end loop;
  end if;
end
$$;

create or replace function identity.set_up(
  the_login text, the_name text, the_language text, hash text, establishment_id text, establishment_title jsonb
) returns uuid
  language plpgsql security definer set search_path = pg_catalog, pg_temp
  as $$
    declare
      who uuid;
      until timestamptz := now() + interval '1 year';
    begin
      lock table identity.accounts in share row exclusive mode;
      if identity.is_set_up() then raise exception 'there is an administrator already' using errcode = 'AM003'; end if;
      insert into access.people (name, language) values (the_name, the_language) returning id into who;
      insert into identity.accounts (person, login, password_hash) values (who, the_login, hash);
      perform set_config('aman.person', who::text, true);
      perform access.happen(null, 'grants.set-up', jsonb_build_object(
        'person', who, 'establishment', establishment_id, 'title', establishment_title,
        'grants', jsonb_build_array(
          jsonb_build_object('id', gen_random_uuid(), 'role', 'administrator', 'until', until),
          jsonb_build_object('id', gen_random_uuid(), 'role', 'planner', 'establishment', establishment_id, 'until', until)
        )
      ));
      return who;
    end
  $$;

create or replace function identity.accept(the_code bytea, the_login text, the_language text, hash text) returns uuid
  language plpgsql security definer set search_path = pg_catalog, pg_temp
  as $$
    declare
      invited identity.invitations;
      who uuid;
    begin
      select * into invited from identity.invitations
        where code = the_code and taken_at is null and withdrawn_at is null and expires_at > now() for update;
      -- An invitation is worth what the one who gave it may still give.
      if not found or not exists (
        select from access.grants g join access.people p on p.id = g.person
        where g.person = invited.invited_by and g.role = 'administrator' and p.closed_at is null and g.withdrawn_at is null and g.expires_at > now()
          and (g.establishment is null or g.establishment = invited.establishment)
      ) then
        raise exception 'no such invitation' using errcode = 'AM003';
      end if;
      insert into access.people (name, language) values (invited.name, the_language) returning id into who;
      insert into identity.accounts (person, login, password_hash) values (who, the_login, hash);
      update identity.invitations set taken_at = now(), taken_by = who where id = invited.id;
      perform set_config('aman.person', who::text, true);
      perform access.happen(invited.establishment, 'grants.accepted', jsonb_build_object(
        'grant', gen_random_uuid(), 'person', who, 'role', invited.role, 'by', invited.invited_by, 'until', invited.grant_expires_at,
        'invitation', invited.id
      ));
      return who;
    end
  $$;

create or replace function access.grant_role(whom uuid, the_role text, place text, until timestamptz) returns uuid
  language plpgsql security definer set search_path = pg_catalog, pg_temp
  as $$
    declare
      made uuid := gen_random_uuid();
    begin
      if not access.holds('administrator', place) then raise exception 'only an administrator of the place grants roles' using errcode = 'AM003'; end if;
      if whom = access.person() then raise exception 'nobody grants a role to themselves' using errcode = 'AM003'; end if;
      if exists (select from identity.accounts a where a.person = whom and a.demonstration) then
        raise exception 'made-up people hold no real roles' using errcode = 'AM003';
      end if;
      if until is null or until <= now() or until > now() + interval '1 year' then
        raise exception 'a role lasts for a year at most' using errcode = 'AM002';
      end if;
      perform access.happen(place, 'grants.granted', jsonb_build_object('grant', made, 'person', whom, 'role', the_role, 'until', until));
      return made;
    end
  $$;

create or replace function access.withdraw_grant(the_grant uuid) returns boolean
  language plpgsql security definer set search_path = pg_catalog, pg_temp
  as $$
    declare
      taken access.grants;
    begin
      -- Somebody must be left who can let others in: only withdrawals race for that.
      perform pg_advisory_xact_lock(hashtextextended('aman grants withdrawn', 0));
      if exists (select from access.grants where id = the_grant and role = 'administrator' and establishment is null)
        and not exists (
          select from access.grants g join access.people p on p.id = g.person
          where g.id <> the_grant and g.role = 'administrator' and g.establishment is null and g.withdrawn_at is null
            and g.expires_at > now() and p.closed_at is null
        ) then
        raise exception 'the last administrator of the service stays' using errcode = 'AM004';
      end if;
      select * into taken from access.grants g
        where g.id = the_grant and g.withdrawn_at is null and (access.holds('administrator', g.establishment) or g.person = access.person());
      if not found then return false; end if;
      perform access.happen(
        taken.establishment, 'grants.withdrawn', jsonb_build_object('grant', the_grant, 'person', taken.person, 'role', taken.role)
      );
      return true;
    end
  $$;

create or replace function access.break_glass(the_role text, place text, reason text) returns uuid
  language plpgsql security definer set search_path = pg_catalog, pg_temp
  as $$
    declare
      made uuid := gen_random_uuid();
    begin
      if place is null or not access.acts(place) then raise exception 'only who acts at the place already' using errcode = 'AM003'; end if;
      if the_role not in ('planner', 'governor') then raise exception 'planner or governor' using errcode = 'AM002'; end if;
      if char_length(trim(coalesce(reason, ''))) not between 10 and 2000 then
        raise exception 'a reason of ten characters or more' using errcode = 'AM002';
      end if;
      perform access.happen(place, 'grants.glass-broken', jsonb_build_object(
        'grant', made, 'person', access.person(), 'role', the_role, 'until', now() + interval '1 hour', 'reason', reason
      ));
      return made;
    end
  $$;

create or replace function access.found(the_id text, the_title jsonb) returns void
  language plpgsql security definer set search_path = pg_catalog, pg_temp
  as $$
    begin
      if not access.holds('administrator', null) then raise exception 'only an administrator of the service' using errcode = 'AM003'; end if;
      perform access.happen(the_id, 'grants.establishment-founded', jsonb_build_object('establishment', the_id, 'title', the_title));
    end
  $$;

-- Documents of one study as they were asked about, each kept once under what it says.
create table campaigns.bundles (
  hash text primary key,
  bundle text not null,
  constraint says_what_its_hash_says check (hash = encode(sha256(convert_to(bundle, 'UTF8')), 'hex'))
);
alter table campaigns.bundles enable row level security;

update campaigns.studies set hash = encode(sha256(convert_to(bundle::text, 'UTF8')), 'hex');
insert into campaigns.bundles (hash, bundle) select distinct on (hash) hash, bundle::text from campaigns.studies;
alter table campaigns.studies drop column bundle;
-- Folding again passes by campaigns that have been let go since, and their documents with them.
alter table campaigns.studies add constraint documents_as_they_were foreign key (hash) references campaigns.bundles deferrable;
alter table campaigns.questions alter column seconds type double precision;

create function campaigns.fold(the_campaign uuid, place text, what text, said jsonb, who uuid, moment timestamptz) returns void
  language plpgsql security definer set search_path = pg_catalog, pg_temp
  as $$
    begin
      case what
        when 'campaign.stated' then
          insert into campaigns.campaigns (id, establishment, asked_by, asked_at, seed, nights, hourly, state, ended_at, digest)
            select id, establishment, asked_by, asked_at, seed, nights, hourly, state, ended_at, digest
            from jsonb_populate_recordset(null::campaigns.campaigns, coalesce(said -> 'campaign', '[]'));
          insert into campaigns.studies (campaign, study, title, hash, uses)
            select campaign, study, title, hash, uses from jsonb_populate_recordset(null::campaigns.studies, coalesce(said -> 'studies', '[]'));
          insert into campaigns.questions
            (campaign, number, study, asks, starts_at, state, node, leased_until, attempts, result, digest, seconds, answered_at)
            select campaign, number, study, asks, starts_at, state, node, leased_until, attempts, result, digest, seconds, answered_at
            from jsonb_populate_recordset(null::campaigns.questions, coalesce(said -> 'questions', '[]'));
        when 'campaign.asked' then
          -- Without its studies it is one of before; what there was of it is stated later.
          if not said ? 'studies' then return; end if;
          insert into campaigns.campaigns (id, establishment, asked_by, asked_at, seed, nights, hourly)
            values (the_campaign, place, who, moment, (said -> 'seed')::integer, (said -> 'nights')::integer, (said -> 'hourly')::boolean);
          insert into campaigns.studies (campaign, study, title, hash, uses)
            select the_campaign, s ->> 'study', s -> 'title', s ->> 'hash', s -> 'uses' from jsonb_array_elements(said -> 'studies') s;
          -- First what everybody wants to know, then why, then every hour of the week.
          insert into campaigns.questions (campaign, number, study, asks, starts_at)
            select the_campaign, row_number() over (order by q.turn, s.study collate "C"), s.study, q.asks, q.starts_at
            from campaigns.studies s
            cross join (
              select 0 as turn, 'chance' as asks, null::integer as starts_at
              union all select 1, 'weakest', null
              union all select 2 + hour, 'chance', hour * 3600 from generate_series(0, 167) hour where (said -> 'hourly')::boolean
            ) q
            where s.campaign = the_campaign;
        when 'campaign.answered' then
          update campaigns.questions set state = 'done', result = said -> 'result', digest = said ->> 'digest',
            seconds = (said -> 'seconds')::double precision, answered_at = moment, leased_until = null
            where campaign = the_campaign and number = (said -> 'question')::integer;
        when 'campaign.failed' then
          update campaigns.questions set state = 'failed', leased_until = null
            where campaign = the_campaign and number = (said -> 'question')::integer;
        when 'campaign.paused' then
          update campaigns.campaigns set state = 'paused' where id = the_campaign;
        when 'campaign.resumed' then
          update campaigns.campaigns set state = 'running' where id = the_campaign;
        when 'campaign.cancelled' then
          update campaigns.campaigns set state = 'cancelled', ended_at = moment where id = the_campaign;
        when 'campaign.done' then
          update campaigns.campaigns set state = 'done', ended_at = moment, digest = said ->> 'digest' where id = the_campaign;
        when 'campaign.forgotten' then
          delete from campaigns.questions where campaign = the_campaign;
          delete from campaigns.studies where campaign = the_campaign;
          delete from campaigns.campaigns where id = the_campaign;
        else
          null;
      end case;
    end
  $$;

-- Puts on record what has happened to a campaign and folds it. Whoever calls has checked who may, and that it can.
create function campaigns.happen(the_campaign uuid, place text, what text, said jsonb) returns void
  language plpgsql security definer set search_path = pg_catalog, pg_temp
  as $$
    declare
      the_stream text := 'campaign/' || the_campaign;
    begin
      perform ledger.note(the_stream, place, what, said);
      perform campaigns.fold(the_campaign, place, what, said, access.person(), ledger.moment(the_stream));
    end
  $$;

-- Folds everything again. Questions that somebody is at are free again, as after a restart.
create function campaigns.rebuild() returns bigint
  language plpgsql security definer set search_path = pg_catalog, pg_temp
  as $$
    declare
      event record;
      folded bigint := 0;
    begin
      set constraints all deferred;
      delete from campaigns.questions;
      delete from campaigns.studies;
      delete from campaigns.campaigns;
      for event in select * from ledger.events where stream like 'campaign/%' order by position loop
        perform campaigns.fold(
          split_part(event.stream, '/', 2)::uuid, event.establishment, event.kind, convert_from(event.body, 'UTF8')::jsonb, event.person, event.at
        );
        folded := folded + 1;
      end loop;
      return folded;
    end
  $$;

do $$
declare
  one campaigns.campaigns;
  part record;
begin
  for one in select * from campaigns.campaigns loop
    perform ledger.note('campaign/' || one.id, one.establishment, 'campaign.stated', jsonb_build_object(
      'campaign', jsonb_build_array(to_jsonb(one)),
      'studies', (select jsonb_agg(to_jsonb(s) order by s.study) from campaigns.studies s where s.campaign = one.id)
    ));
    for part in
      select jsonb_agg(to_jsonb(q) order by q.number) as questions
      from campaigns.questions q where q.campaign = one.id group by q.number / 500 order by q.number / 500
    loop
      perform ledger.note('campaign/' || one.id, one.establishment, 'campaign.stated', jsonb_build_object('questions', part.questions));
    end loop;
  end loop;
end
$$;

drop function campaigns.ask(text, integer, integer, boolean, jsonb);
-- Studies: [{study, title, hash, uses}], and what each hash stands for: {hash: bundle}.
create function campaigns.ask(place text, the_seed integer, the_nights integer, every_hour boolean, the_studies jsonb, the_bundles jsonb) returns uuid
  language plpgsql security definer set search_path = pg_catalog, pg_temp
  as $$
    declare
      made uuid := gen_random_uuid();
    begin
      if (case when access.person() is null then current_setting('role') <> 'none' else not access.acts(place) end) then
        raise exception 'who reads only asks for nothing' using errcode = 'AM003';
      end if;
      perform pg_advisory_xact_lock(hashtextextended('aman campaigns of ' || place, 0));
      if access.person() is not null and campaigns.is_open(place, null) then
        raise exception 'one campaign of an establishment at a time' using errcode = 'AM004';
      end if;
      insert into campaigns.bundles (hash, bundle) select key, value from jsonb_each_text(the_bundles) on conflict (hash) do nothing;
      if exists (select from jsonb_array_elements(the_studies) s where not exists (select from campaigns.bundles b where b.hash = s ->> 'hash')) then
        raise exception 'each study comes with its documents' using errcode = 'AM002';
      end if;
      perform campaigns.happen(made, place, 'campaign.asked', jsonb_build_object(
        'seed', the_seed, 'nights', the_nights, 'hourly', every_hour, 'studies', the_studies
      ));
      perform pg_notify('campaigns', made::text);
      return made;
    end
  $$;

create or replace function campaigns.steer(the_campaign uuid, wanted text) returns boolean
  language plpgsql security definer set search_path = pg_catalog, pg_temp
  as $$
    declare
      place text;
    begin
      if wanted not in ('running', 'paused', 'cancelled') then raise exception 'running, paused or cancelled' using errcode = 'AM002'; end if;
      select c.establishment into place from campaigns.campaigns c
        where c.id = the_campaign and c.state in ('running', 'paused') and c.state <> wanted and access.acts(c.establishment) for update;
      if not found then return false; end if;
      perform campaigns.happen(the_campaign, place, 'campaign.' || case wanted when 'running' then 'resumed' else wanted end, '{}');
      perform pg_notify('campaigns', the_campaign::text);
      return true;
    end
  $$;

revoke all on function access.fold(text, text, jsonb, uuid, timestamptz), access.happen(text, text, jsonb), access.rebuild(),
  campaigns.fold(uuid, text, text, jsonb, uuid, timestamptz), campaigns.happen(uuid, text, text, jsonb), campaigns.rebuild(),
  campaigns.ask(text, integer, integer, boolean, jsonb, jsonb) from public;
grant execute on function campaigns.ask(text, integer, integer, boolean, jsonb, jsonb) to aman_request;
