-- Who there is, in which establishments, and what each may do there until when.

do $$
begin
  if not exists (select from pg_roles where rolname = 'aman_connector') then
    create role aman_connector login noinherit;
  end if;
  if not exists (select from pg_roles where rolname = 'aman_request') then
    create role aman_request nologin;
  end if;
end
$$;
grant aman_request to aman_connector;
do $$ begin execute format('grant aman_request to %I', current_user); end $$;

revoke all on schema public from public;
-- No objects of one's own: they could stand in for ours.
do $$ begin execute format('revoke temporary on database %I from public', current_database()); end $$;

create schema access;
grant usage on schema access to aman_request;

create table access.establishments (
  id text primary key constraint id_form check (id ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  title jsonb not null constraint title_form check (jsonb_typeof(title) = 'object'),
  created_at timestamptz not null default now()
);

create table access.people (
  id uuid primary key default gen_random_uuid(),
  name text not null constraint name_length check (char_length(name) between 1 and 200),
  language text not null default 'en' constraint language_form check (language ~ '^[a-z]{2}(-[A-Za-z]{4})?$'),
  created_at timestamptz not null default now(),
  closed_at timestamptz
);

create table access.grants (
  id uuid primary key default gen_random_uuid(),
  person uuid not null references access.people,
  role text not null constraint known_role check (role in ('officer', 'planner', 'governor', 'administrator', 'monitor')),
  -- Absent: the whole country.
  establishment text references access.establishments,
  granted_by uuid references access.people,
  granted_at timestamptz not null default now(),
  expires_at timestamptz not null,
  withdrawn_at timestamptz
);
create index grants_by_person on access.grants (person);

-- The person for whom this transaction runs; null outside of a request.
create function access.person() returns uuid
  language sql stable set search_path = pg_catalog, pg_temp
  as $$ select nullif(current_setting('aman.person', true), '')::uuid $$;

-- The roles that the person who is asking holds for `place` now: a grant for the country holds everywhere, and a null `place`
-- wants one for the country.
create function access.roles(place text) returns text[]
  language sql stable security definer set search_path = pg_catalog, pg_temp
  as $$
    select coalesce(array_agg(g.role), '{}')
    from access.grants g join access.people p on p.id = g.person
    where g.person = access.person()
      and p.closed_at is null and g.withdrawn_at is null and g.expires_at > now()
      and (g.establishment is null or g.establishment = place)
  $$;

create function access.holds(wanted text, place text) returns boolean
  language sql stable set search_path = pg_catalog, pg_temp
  as $$ select wanted = any(access.roles(place)) $$;

-- Any role at all.
create function access.belongs(place text) returns boolean
  language sql stable set search_path = pg_catalog, pg_temp
  as $$ select access.roles(place) <> '{}' $$;

-- A role that changes anything: a monitor reads and changes nothing.
create function access.acts(place text) returns boolean
  language sql stable set search_path = pg_catalog, pg_temp
  as $$ select array_remove(access.roles(place), 'monitor') <> '{}' $$;

revoke all on function access.person(), access.roles(text), access.holds(text, text), access.belongs(text), access.acts(text) from public;
grant execute on function access.person(), access.roles(text), access.holds(text, text), access.belongs(text), access.acts(text) to aman_request;

alter table access.establishments enable row level security;
create policy of_ones_own on access.establishments for select to aman_request using (access.belongs(id));
grant select (id, title, created_at) on access.establishments to aman_request;

alter table access.people enable row level security;
create policy oneself on access.people for select to aman_request using (id = access.person());
create policy the_monitor on access.people for select to aman_request using (access.holds('monitor', null));
create policy administrators on access.people for select to aman_request using (access.holds('administrator', null));
grant select (id, name, language, created_at, closed_at) on access.people to aman_request;
create policy oneself_language on access.people for update to aman_request using (id = access.person()) with check (id = access.person());
grant update (language) on access.people to aman_request;

alter table access.grants enable row level security;
create policy ones_own on access.grants for select to aman_request using (person = access.person());
create policy watched on access.grants for select to aman_request
  using (access.holds('monitor', establishment) or access.holds('administrator', establishment));
grant select (id, person, role, establishment, granted_by, granted_at, expires_at, withdrawn_at) on access.grants to aman_request;
