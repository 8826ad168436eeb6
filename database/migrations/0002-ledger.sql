-- What has happened: appended once, numbered, chained by hashes, never edited.

create schema ledger;
grant usage on schema ledger to aman_request;

-- The last event of each stream. A row is locked while its stream is appended to.
create table ledger.heads (
  stream text primary key constraint stream_form check (stream ~ '^[a-z-]+/[A-Za-z0-9._:-]{1,120}$'),
  establishment text,
  number integer not null,
  hash bytea not null
);

create table ledger.events (
  -- Grows with every event; not without gaps. To read on from one, see `visible`.
  position bigint generated always as identity primary key,
  stream text not null references ledger.heads,
  number integer not null,
  kind text not null constraint kind_form check (kind ~ '^[a-z-]+\.[a-z-]+$'),
  at timestamptz not null constraint moment check (isfinite(at)),
  -- Who did it; null: the product itself.
  person uuid,
  establishment text,
  -- Whose key has sealed the body; null: nobody's, and the body is JSON in UTF-8.
  subject uuid,
  body bytea not null constraint body_length check (octet_length(body) <= 1000000),
  -- Names the request that brought it, so that a repeated request appends nothing.
  request uuid,
  previous bytea not null,
  hash bytea not null,
  -- The transaction, to know what a reader may already have passed by.
  transaction xid8 not null default pg_current_xact_id(),
  constraint numbered_once unique (stream, number)
);
create index events_in_order on ledger.events (transaction, position);
create index events_of_request on ledger.events (stream, request) where request is not null;

-- Heads of all streams at one moment, signed outside of the database.
create table ledger.checkpoints (
  number integer primary key,
  at timestamptz not null constraint moment check (isfinite(at)),
  -- All events up to and including this one.
  position bigint not null,
  events bigint not null,
  heads bytea not null,
  previous bytea not null,
  key_id text not null,
  signature bytea not null
);

-- Public keys of checkpoints.
create table ledger.signers (
  key_id text primary key,
  public_key bytea not null,
  since timestamptz not null default now()
);

-- The key of each person about whom something is sealed, itself sealed with the establishment's master key. Destroying it
-- makes all that was sealed with it unreadable for ever, and leaves the chain whole.
create table ledger.subject_keys (
  subject uuid primary key,
  sealed_key bytea,
  made_at timestamptz not null default now(),
  destroyed_at timestamptz,
  constraint destroyed_or_not check ((sealed_key is null) = (destroyed_at is not null))
);

create function ledger.refuse() returns trigger
  language plpgsql set search_path = pg_catalog, pg_temp
  as $$
    begin
      raise exception 'the trail is never altered: % on %.%', tg_op, tg_table_schema, tg_table_name using errcode = 'AM001';
    end
  $$;
create trigger never_altered before update or delete or truncate on ledger.events for each statement execute function ledger.refuse();
create trigger never_altered before update or delete or truncate on ledger.checkpoints for each statement execute function ledger.refuse();
create trigger never_altered before update or delete or truncate on ledger.signers for each statement execute function ledger.refuse();
create trigger never_deleted before delete or truncate on ledger.heads for each statement execute function ledger.refuse();
create trigger never_deleted before delete or truncate on ledger.subject_keys for each statement execute function ledger.refuse();

-- A head only moves on.
create function ledger.moves_on() returns trigger
  language plpgsql set search_path = pg_catalog, pg_temp
  as $$
    begin
      if new.stream <> old.stream or new.establishment is distinct from old.establishment or new.number <= old.number then
        raise exception 'the head of a stream only moves on' using errcode = 'AM001';
      end if;
      return new;
    end
  $$;
create trigger moves_on before update on ledger.heads for each row execute function ledger.moves_on();

-- A key is only destroyed, and once.
create function ledger.only_destroyed() returns trigger
  language plpgsql set search_path = pg_catalog, pg_temp
  as $$
    begin
      if old.sealed_key is null or new.sealed_key is not null or new.subject <> old.subject or new.made_at <> old.made_at then
        raise exception 'a key can only be destroyed' using errcode = 'AM001';
      end if;
      return new;
    end
  $$;
create trigger only_destroyed before update on ledger.subject_keys for each row execute function ledger.only_destroyed();

-- Length in four bytes, then the bytes; nothing at all is a length of all ones. So no two lists of fields give the same bytes.
create function ledger.field(value bytea) returns bytea
  language sql immutable set search_path = pg_catalog, pg_temp
  as $$ select coalesce(int4send(octet_length(value)) || value, decode('ffffffff', 'hex')) $$;

-- The hash of an event: SHA-256 over the hash before it and everything that it says. `platform/ledger/chain.ts` works out the same.
create function ledger.hash_of(
  previous bytea, stream text, number integer, kind text, at timestamptz, person uuid, establishment text, subject uuid, request uuid, body bytea
) returns bytea
  language sql immutable set search_path = pg_catalog, pg_temp
  as $$
    select sha256(
      ledger.field(previous) || ledger.field(convert_to(stream, 'UTF8')) || ledger.field(int4send(number)) || ledger.field(convert_to(kind, 'UTF8'))
      || ledger.field(int8send((extract(epoch from at) * 1000000)::bigint)) || ledger.field(uuid_send(person))
      || ledger.field(convert_to(establishment, 'UTF8')) || ledger.field(uuid_send(subject)) || ledger.field(uuid_send(request)) || ledger.field(body)
    )
  $$;

-- Appends events to a stream whose last number is `expected` (0: there is none yet). What came of it: 'appended',
-- 'repeated' (this request has been here before; nothing is appended) or 'conflict' (somebody was faster: `last` says how far).
create function ledger.append(
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
      if current_setting('role') = 'aman_request' and (
        the_stream like 'erasure/%' or array_remove(subjects, null) <> '{}'
        or not (
          access.acts(place) and the_stream not like 'trail/%'
          or access.belongs(place) and the_stream = 'trail/' || access.person() and kinds <@ array['trail.viewed']
        )
      ) then
        raise exception 'nobody appends where they have no part' using errcode = 'AM003';
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
revoke all on function ledger.append(text, integer, uuid, text, text[], uuid[], bytea[]) from public;
revoke all on function ledger.hash_of(bytea, text, integer, text, timestamptz, uuid, text, uuid, uuid, bytea), ledger.field(bytea) from public;
revoke all on function ledger.refuse(), ledger.moves_on(), ledger.only_destroyed() from public;

-- Events that no transaction still under way can slip in front of: whoever reads on by (transaction, position) misses none.
create view ledger.visible with (security_invoker = true) as
  select * from ledger.events where transaction < pg_snapshot_xmin(pg_current_snapshot());

alter table ledger.events enable row level security;
create policy of_ones_own on ledger.events for select to aman_request
  using (establishment is not null and subject is null and access.belongs(establishment));
create policy of_the_country on ledger.events for select to aman_request
  using (establishment is null and subject is null and access.belongs(null));
create policy the_monitor on ledger.events for select to aman_request using (access.holds('monitor', establishment));
grant select (position, stream, number, kind, at, person, establishment, subject, body, request, previous, hash, transaction)
  on ledger.events to aman_request;
grant select on ledger.visible to aman_request;
grant execute on function ledger.append(text, integer, uuid, text, text[], uuid[], bytea[]) to aman_request;

alter table ledger.heads enable row level security;
create policy of_ones_own on ledger.heads for select to aman_request using (access.belongs(establishment));
grant select (stream, establishment, number, hash) on ledger.heads to aman_request;

alter table ledger.checkpoints enable row level security;
create policy the_monitor on ledger.checkpoints for select to aman_request using (access.holds('monitor', null));
grant select (number, at, position, events, heads, previous, key_id, signature) on ledger.checkpoints to aman_request;

alter table ledger.signers enable row level security;
create policy the_monitor on ledger.signers for select to aman_request using (access.holds('monitor', null));
grant select (key_id, public_key, since) on ledger.signers to aman_request;

-- Nobody asks for these: no policy, no grant.
alter table ledger.subject_keys enable row level security;
