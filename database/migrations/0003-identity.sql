-- How somebody proves who they are, how they come in, and who let them: sign-in, sessions, invitations, grants.

do $$
begin
  if not exists (select from pg_roles where rolname = 'aman_gate') then
    create role aman_gate nologin;
  end if;
end
$$;
grant aman_gate to aman_connector;
do $$ begin execute format('grant aman_gate to %I', current_user); end $$;

-- The ledger is written in one place; who may write what is checked where it is asked for.
create function ledger.write(
  the_stream text, expected integer, the_request uuid, place text, kinds text[], subjects uuid[], bodies bytea[]
) returns table (outcome text, last integer, last_position bigint)
  language plpgsql security definer set search_path = pg_catalog, pg_temp
  as $$
    declare
      head ledger.heads;
      moment timestamptz;
      chained bytea;
      placed bigint;
      before_it record;
    begin
      if coalesce(array_length(kinds, 1), 0) not between 1 and 1000
        or array_length(kinds, 1) <> array_length(bodies, 1) or array_length(kinds, 1) <> array_length(subjects, 1) then
        raise exception 'one to a thousand events, each with its kind, subject and body' using errcode = 'AM002';
      end if;
      if expected < 0 then raise exception 'the expected position is never negative' using errcode = 'AM002'; end if;
      if (select sum(octet_length(b)) from unnest(bodies) b) > 8000000 then
        raise exception 'eight megabytes at once at most' using errcode = 'AM002';
      end if;
      -- Before any lock and any answer: what is of another establishment stays unknown.
      if exists (select from ledger.heads h where h.stream = the_stream and h.establishment is distinct from place) then
        raise exception 'the stream % belongs to another establishment', the_stream using errcode = 'AM003';
      end if;
      if expected = 0 then
        insert into ledger.heads (stream, establishment, number, hash) values (the_stream, place, 0, ''::bytea)
          on conflict (stream) do nothing;
      end if;
      select * into head from ledger.heads h where h.stream = the_stream for update;
      if the_request is not null then
        select max(e.number) as number, max(e.position) as position into before_it
          from ledger.events e where e.stream = the_stream and e.request = the_request;
        if before_it.number is not null then
          return query select 'repeated'::text, before_it.number::integer, before_it.position::bigint;
          return;
        end if;
      end if;
      if head.number is distinct from expected then
        return query select 'conflict'::text, coalesce(head.number, 0), null::bigint;
        return;
      end if;
      -- The database's clock, in microseconds: the order of events is their number, not their time.
      moment := clock_timestamp();
      chained := head.hash;
      for k in 1 .. array_length(kinds, 1) loop
        insert into ledger.events (stream, number, kind, at, person, establishment, subject, body, request, previous, hash)
          values (
            the_stream, expected + k, kinds[k], moment, access.person(), place, subjects[k], bodies[k], the_request, chained,
            ledger.hash_of(chained, the_stream, expected + k, kinds[k], moment, access.person(), place, subjects[k], the_request, bodies[k])
          )
          returning hash, position into chained, placed;
      end loop;
      update ledger.heads h set number = expected + array_length(kinds, 1), hash = chained where h.stream = the_stream;
      -- Wakes whoever follows; they read the events themselves.
      perform pg_notify('ledger', placed::text);
      return query select 'appended'::text, expected + array_length(kinds, 1), placed;
    end
  $$;
revoke all on function ledger.write(text, integer, uuid, text, text[], uuid[], bytea[]) from public;

-- Streams that only the functions of their part write: an event there is a decision that has been checked.
create function ledger.guarded(the_stream text) returns boolean
  language sql immutable set search_path = pg_catalog, pg_temp
  as $$ select split_part(the_stream, '/', 1) = any('{access,grants,document,campaign,erasure}') $$;
revoke all on function ledger.guarded(text) from public;

create or replace function ledger.append(
  the_stream text, expected integer, the_request uuid, place text, kinds text[], subjects uuid[], bodies bytea[]
) returns table (outcome text, last integer, last_position bigint)
  language plpgsql security definer set search_path = pg_catalog, pg_temp
  as $$
    begin
      if current_setting('role') = 'aman_request' and (
        ledger.guarded(the_stream) or array_remove(subjects, null) <> '{}'
        or not (
          access.acts(place) and the_stream not like 'trail/%'
          or access.belongs(place) and the_stream = 'trail/' || access.person() and kinds <@ array['trail.viewed']
        )
      ) then
        raise exception 'nobody appends where they have no part' using errcode = 'AM003';
      end if;
      return query select * from ledger.write(the_stream, expected, the_request, place, kinds, subjects, bodies);
    end
  $$;

-- One thing that has happened and cannot clash with another. Whoever calls has checked who may.
create function ledger.note(the_stream text, place text, kind text, body jsonb) returns void
  language plpgsql security definer set search_path = pg_catalog, pg_temp
  as $$
    declare
      last integer;
    begin
      insert into ledger.heads (stream, establishment, number, hash) values (the_stream, place, 0, ''::bytea) on conflict (stream) do nothing;
      select number into last from ledger.heads h where h.stream = the_stream for update;
      perform ledger.write(the_stream, last, null, place, array[kind], array[null::uuid], array[convert_to(body::text, 'UTF8')]);
    end
  $$;
revoke all on function ledger.note(text, text, text, jsonb) from public;

-- The establishments where the person who is asking holds a role (null: any) now. A policy asks once for a statement,
-- `= any ((select access.places(…))::text[])`, not once for every row.
create function access.places(wanted text) returns text[]
  language sql stable security definer set search_path = pg_catalog, pg_temp
  as $$
    select coalesce(array_agg(distinct e.id), '{}')
    from access.grants g join access.people p on p.id = g.person
      join access.establishments e on g.establishment is null or g.establishment = e.id
    where g.person = access.person() and (wanted is null or g.role = wanted)
      and p.closed_at is null and g.withdrawn_at is null and g.expires_at > now()
  $$;
revoke all on function access.places(text) from public;
grant execute on function access.places(text) to aman_request;

-- Who signed in when, and what somebody looked at, is for themselves, administrators of the service and the monitor.
drop policy of_ones_own on ledger.events;
drop policy of_the_country on ledger.events;
drop policy the_monitor on ledger.events;
create policy of_ones_own on ledger.events for select to aman_request
  using (subject is null and stream not like 'trail/%' and establishment = any ((select access.places(null))::text[]));
create policy of_the_country on ledger.events for select to aman_request
  using (
    establishment is null and subject is null and stream not like 'trail/%' and stream not like 'access/%' and (select access.belongs(null))
  );
create policy the_monitor on ledger.events for select to aman_request
  using (establishment = any ((select access.places('monitor'))::text[]) or establishment is null and (select access.holds('monitor', null)));
create policy of_oneself on ledger.events for select to aman_request
  using (subject is null and person = (select access.person()) and (stream like 'access/%' or stream like 'trail/%'));
create policy sign_ins on ledger.events for select to aman_request
  using (stream like 'access/%' and (select access.holds('administrator', null)));
drop policy of_ones_own on ledger.heads;
create policy of_ones_own on ledger.heads for select to aman_request
  using (establishment = any ((select access.places(null))::text[]) or establishment is null and (select access.belongs(null)));

create schema identity;
grant usage on schema identity to aman_gate, aman_request;
grant usage on schema access to aman_gate;

create table identity.accounts (
  person uuid primary key references access.people,
  -- What somebody types to say who they are. No address is needed: nothing is sent.
  login text not null unique constraint login_form check (login ~ '^[a-z0-9][a-z0-9._@+-]{1,98}$'),
  -- argon2id, with its parameters; null: no password (a demonstration, or another way in).
  password_hash text,
  -- Secret of the authenticator, sealed with the master key; in force once confirmed.
  totp_secret bytea,
  totp_confirmed_at timestamptz,
  -- The last time step that was used: a code works once.
  totp_last_step bigint not null default 0,
  -- A new secret that has not been confirmed; the one in force stays until it is.
  totp_pending bytea,
  -- Failures in a row; an hour without one and they are forgotten.
  failures integer not null default 0,
  failed_at timestamptz,
  locked_until timestamptz,
  -- A made-up person of the training establishment, whom anybody at this machine may be.
  demonstration boolean not null default false
);

create table identity.recovery_codes (
  person uuid not null references access.people,
  code bytea not null,
  used_at timestamptz,
  primary key (person, code)
);

create table identity.sessions (
  id uuid primary key default gen_random_uuid(),
  -- SHA-256 of what the browser holds.
  token bytea not null unique,
  person uuid not null references access.people,
  made_at timestamptz not null default now(),
  seen_at timestamptz not null default now(),
  expires_at timestamptz not null,
  ended_at timestamptz,
  agent text not null default '' constraint agent_length check (char_length(agent) <= 300)
);
create index sessions_by_person on identity.sessions (person);

create table identity.invitations (
  id uuid primary key default gen_random_uuid(),
  -- SHA-256 of the printed code.
  code bytea not null unique,
  name text not null constraint name_length check (char_length(name) between 1 and 200),
  role text not null constraint known_role check (role in ('officer', 'planner', 'governor', 'administrator', 'monitor')),
  establishment text references access.establishments,
  grant_expires_at timestamptz not null,
  invited_by uuid not null references access.people,
  made_at timestamptz not null default now(),
  expires_at timestamptz not null default now() + interval '14 days',
  taken_at timestamptz,
  taken_by uuid references access.people,
  withdrawn_at timestamptz
);

-- The gate works before it is known who is asking: it sees what proves an identity, and nothing else.
alter table identity.accounts enable row level security;
create policy the_gate on identity.accounts to aman_gate using (true) with check (true);
grant select (person, login, password_hash, totp_secret, totp_confirmed_at, totp_last_step, totp_pending, failures, failed_at, locked_until, demonstration),
  update (password_hash, totp_secret, totp_confirmed_at, totp_last_step, totp_pending, failures, failed_at, locked_until) on identity.accounts to aman_gate;
create policy administrators on identity.accounts for select to aman_request
  using (access.holds('administrator', null) or access.holds('monitor', null) or person = access.person());
grant select (person, login, totp_confirmed_at, locked_until, demonstration) on identity.accounts to aman_request;

alter table identity.recovery_codes enable row level security;
create policy the_gate on identity.recovery_codes to aman_gate using (true) with check (true);
grant select (person, code, used_at), insert (person, code), update (used_at), delete on identity.recovery_codes to aman_gate;

alter table identity.sessions enable row level security;
create policy the_gate on identity.sessions to aman_gate using (true) with check (true);
grant select (id, token, person, made_at, seen_at, expires_at, ended_at), insert (token, person, expires_at, agent), update (seen_at, ended_at)
  on identity.sessions to aman_gate;
-- A session is ended, and never begun again.
create policy ones_own on identity.sessions to aman_request using (person = access.person()) with check (person = access.person() and ended_at is not null);
create policy administrators on identity.sessions to aman_request using (access.holds('administrator', null)) with check (ended_at is not null);
create policy the_monitor on identity.sessions for select to aman_request using (access.holds('monitor', null));
grant select (id, person, made_at, seen_at, expires_at, ended_at, agent), update (ended_at) on identity.sessions to aman_request;

alter table identity.invitations enable row level security;
create policy the_gate on identity.invitations for select to aman_gate using (true);
grant select (id, code, name, role, establishment, expires_at, taken_at, withdrawn_at) on identity.invitations to aman_gate;
create policy watched on identity.invitations for select to aman_request
  using (access.holds('administrator', establishment) or access.holds('monitor', establishment));
grant select (id, name, role, establishment, grant_expires_at, invited_by, made_at, expires_at, taken_at, taken_by, withdrawn_at)
  on identity.invitations to aman_request;

-- For the gate to know whose language and name it speaks to.
create policy the_gate on access.people for select to aman_gate using (true);
grant select (id, name, language, closed_at) on access.people to aman_gate;
create policy the_gate on access.establishments for select to aman_gate using (true);
grant select (id, title) on access.establishments to aman_gate;

-- What happens at the gate, into the trail.
create function identity.note(who uuid, kind text, body jsonb) returns void
  language plpgsql security definer set search_path = pg_catalog, pg_temp
  as $$
    begin
      if kind not like 'access.%' then raise exception 'the gate notes only what happens there' using errcode = 'AM003'; end if;
      perform set_config('aman.person', who::text, true);
      perform ledger.note('access/' || who, null, kind, body);
    end
  $$;

-- Whether somebody who is not made up has an account yet.
create function identity.is_set_up() returns boolean
  language sql stable security definer set search_path = pg_catalog, pg_temp
  as $$ select exists (select from identity.accounts where not demonstration) $$;

-- The first administrator and the first establishment; once.
create function identity.set_up(
  the_login text, the_name text, the_language text, hash text, establishment_id text, establishment_title jsonb
) returns uuid
  language plpgsql security definer set search_path = pg_catalog, pg_temp
  as $$
    declare
      who uuid;
    begin
      lock table identity.accounts in share row exclusive mode;
      if identity.is_set_up() then raise exception 'there is an administrator already' using errcode = 'AM003'; end if;
      insert into access.establishments (id, title) values (establishment_id, establishment_title);
      insert into access.people (name, language) values (the_name, the_language) returning id into who;
      insert into identity.accounts (person, login, password_hash) values (who, the_login, hash);
      insert into access.grants (person, role, establishment, granted_by, expires_at) values
        (who, 'administrator', null, null, now() + interval '1 year'),
        (who, 'planner', establishment_id, null, now() + interval '1 year');
      perform set_config('aman.person', who::text, true);
      perform ledger.note('grants/service', null, 'grants.set-up', jsonb_build_object('person', who, 'establishment', establishment_id));
      return who;
    end
  $$;

-- Takes an invitation up: an account of one's own and the role that was meant.
create function identity.accept(the_code bytea, the_login text, the_language text, hash text) returns uuid
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
      insert into access.grants (person, role, establishment, granted_by, expires_at)
        values (who, invited.role, invited.establishment, invited.invited_by, invited.grant_expires_at);
      update identity.invitations set taken_at = now(), taken_by = who where id = invited.id;
      perform set_config('aman.person', who::text, true);
      perform ledger.note(
        'grants/' || coalesce(invited.establishment, 'service'), invited.establishment, 'grants.accepted',
        jsonb_build_object('person', who, 'role', invited.role, 'invitation', invited.id)
      );
      return who;
    end
  $$;
revoke all on function identity.note(uuid, text, jsonb), identity.is_set_up(), identity.set_up(text, text, text, text, text, jsonb),
  identity.accept(bytea, text, text, text) from public;
grant execute on function identity.note(uuid, text, jsonb), identity.is_set_up(), identity.set_up(text, text, text, text, text, jsonb),
  identity.accept(bytea, text, text, text) to aman_gate;

-- Letting in, by an administrator of the place. The code itself is never stored.
create function identity.invite(the_code bytea, the_name text, the_role text, place text, until timestamptz) returns uuid
  language plpgsql security definer set search_path = pg_catalog, pg_temp
  as $$
    declare
      made uuid;
    begin
      if not access.holds('administrator', place) then raise exception 'only an administrator of the place invites' using errcode = 'AM003'; end if;
      if until is null or until <= now() or until > now() + interval '1 year' then
        raise exception 'a role lasts for a year at most' using errcode = 'AM002';
      end if;
      insert into identity.invitations (code, name, role, establishment, grant_expires_at, invited_by)
        values (the_code, the_name, the_role, place, until, access.person()) returning id into made;
      perform ledger.note('grants/' || coalesce(place, 'service'), place, 'grants.invited', jsonb_build_object('invitation', made, 'role', the_role, 'until', until));
      return made;
    end
  $$;

create function identity.withdraw_invitation(the_invitation uuid) returns boolean
  language plpgsql security definer set search_path = pg_catalog, pg_temp
  as $$
    declare
      place text;
    begin
      update identity.invitations set withdrawn_at = now()
        where id = the_invitation and taken_at is null and withdrawn_at is null and access.holds('administrator', establishment)
        returning establishment into place;
      if not found then return false; end if;
      perform ledger.note('grants/' || coalesce(place, 'service'), place, 'grants.invitation-withdrawn', jsonb_build_object('invitation', the_invitation));
      return true;
    end
  $$;

create function access.grant_role(whom uuid, the_role text, place text, until timestamptz) returns uuid
  language plpgsql security definer set search_path = pg_catalog, pg_temp
  as $$
    declare
      made uuid;
    begin
      if not access.holds('administrator', place) then raise exception 'only an administrator of the place grants roles' using errcode = 'AM003'; end if;
      if whom = access.person() then raise exception 'nobody grants a role to themselves' using errcode = 'AM003'; end if;
      if exists (select from identity.accounts a where a.person = whom and a.demonstration) then
        raise exception 'made-up people hold no real roles' using errcode = 'AM003';
      end if;
      if until is null or until <= now() or until > now() + interval '1 year' then
        raise exception 'a role lasts for a year at most' using errcode = 'AM002';
      end if;
      insert into access.grants (person, role, establishment, granted_by, expires_at)
        values (whom, the_role, place, access.person(), until) returning id into made;
      perform ledger.note(
        'grants/' || coalesce(place, 'service'), place, 'grants.granted',
        jsonb_build_object('grant', made, 'person', whom, 'role', the_role, 'until', until)
      );
      return made;
    end
  $$;

create function access.withdraw_grant(the_grant uuid) returns boolean
  language plpgsql security definer set search_path = pg_catalog, pg_temp
  as $$
    declare
      taken access.grants;
    begin
      -- Somebody must be left who can let others in.
      lock table access.grants in share row exclusive mode;
      if exists (select from access.grants where id = the_grant and role = 'administrator' and establishment is null)
        and not exists (
          select from access.grants g join access.people p on p.id = g.person
          where g.id <> the_grant and g.role = 'administrator' and g.establishment is null and g.withdrawn_at is null
            and g.expires_at > now() and p.closed_at is null
        ) then
        raise exception 'the last administrator of the service stays' using errcode = 'AM004';
      end if;
      update access.grants set withdrawn_at = now()
        where id = the_grant and withdrawn_at is null and (access.holds('administrator', establishment) or person = access.person())
        returning * into taken;
      if not found then return false; end if;
      perform ledger.note(
        'grants/' || coalesce(taken.establishment, 'service'), taken.establishment, 'grants.withdrawn',
        jsonb_build_object('grant', the_grant, 'person', taken.person, 'role', taken.role)
      );
      return true;
    end
  $$;

-- In an emergency somebody who acts at a place takes a role there for an hour, says why, and the monitor sees it.
create function access.break_glass(the_role text, place text, reason text) returns uuid
  language plpgsql security definer set search_path = pg_catalog, pg_temp
  as $$
    declare
      made uuid;
    begin
      if place is null or not access.acts(place) then raise exception 'only who acts at the place already' using errcode = 'AM003'; end if;
      if the_role not in ('planner', 'governor') then raise exception 'planner or governor' using errcode = 'AM002'; end if;
      if char_length(trim(coalesce(reason, ''))) not between 10 and 2000 then
        raise exception 'a reason of ten characters or more' using errcode = 'AM002';
      end if;
      insert into access.grants (person, role, establishment, granted_by, expires_at)
        values (access.person(), the_role, place, access.person(), now() + interval '1 hour') returning id into made;
      perform ledger.note(
        'grants/' || place, place, 'grants.glass-broken', jsonb_build_object('grant', made, 'person', access.person(), 'role', the_role, 'reason', reason)
      );
      return made;
    end
  $$;

-- Somebody who has left: nothing opens for them any more. What they have done stays theirs.
create function access.close_person(whom uuid) returns boolean
  language plpgsql security definer set search_path = pg_catalog, pg_temp
  as $$
    begin
      if not access.holds('administrator', null) then raise exception 'only an administrator of the service' using errcode = 'AM003'; end if;
      if whom = access.person() then raise exception 'nobody closes their own account' using errcode = 'AM003'; end if;
      update access.people set closed_at = now() where id = whom and closed_at is null;
      if not found then return false; end if;
      update identity.sessions set ended_at = now() where person = whom and ended_at is null;
      perform ledger.note('grants/service', null, 'grants.person-closed', jsonb_build_object('person', whom));
      return true;
    end
  $$;

-- A further establishment, by an administrator of the whole service.
create function access.found(the_id text, the_title jsonb) returns void
  language plpgsql security definer set search_path = pg_catalog, pg_temp
  as $$
    begin
      if not access.holds('administrator', null) then raise exception 'only an administrator of the service' using errcode = 'AM003'; end if;
      insert into access.establishments (id, title) values (the_id, the_title);
      perform ledger.note('grants/' || the_id, the_id, 'grants.establishment-founded', jsonb_build_object('establishment', the_id));
    end
  $$;
revoke all on function identity.invite(bytea, text, text, text, timestamptz), identity.withdraw_invitation(uuid), access.grant_role(uuid, text, text, timestamptz),
  access.withdraw_grant(uuid), access.break_glass(text, text, text), access.close_person(uuid), access.found(text, jsonb) from public;
grant execute on function identity.invite(bytea, text, text, text, timestamptz), identity.withdraw_invitation(uuid), access.grant_role(uuid, text, text, timestamptz),
  access.withdraw_grant(uuid), access.break_glass(text, text, text), access.close_person(uuid), access.found(text, jsonb) to aman_request;

-- Colleagues see each other's names: of an establishment those who hold a role there.
create function access.colleague(whom uuid) returns boolean
  language sql stable security definer set search_path = pg_catalog, pg_temp
  as $$ select exists (select from access.grants g where g.person = whom and access.belongs(g.establishment)) $$;
revoke all on function access.colleague(uuid) from public;
grant execute on function access.colleague(uuid) to aman_request;
create policy colleagues on access.people for select to aman_request using (access.colleague(id));

-- That somebody has looked at a page that not everybody sees.
create function access.look(page text, detail text) returns void
  language plpgsql security definer set search_path = pg_catalog, pg_temp
  as $$
    declare
      seen jsonb := jsonb_strip_nulls(jsonb_build_object('page', page, 'detail', detail));
    begin
      if access.person() is null or char_length(page) > 100 or char_length(coalesce(detail, '')) > 200 then
        raise exception 'somebody looks at something' using errcode = 'AM002';
      end if;
      -- Looking again within a minute is the same look.
      if exists (
        select from (select at, body from ledger.events where stream = 'trail/' || access.person() order by number desc limit 10) e
        where e.at > now() - interval '1 minute' and convert_from(e.body, 'UTF8')::jsonb = seen
      ) then
        return;
      end if;
      perform ledger.note('trail/' || access.person(), null, 'trail.viewed', seen);
    end
  $$;
revoke all on function access.look(text, text) from public;
grant execute on function access.look(text, text) to aman_request;
