-- Packs that travel between services: whose signature is trusted, what was brought in and what was handed out. Rows here are
-- folded from the streams `publishers/service` and `exchange/<establishment>`; `exchange.rebuild` folds them again.

create schema exchange;
grant usage on schema exchange to aman_request;

create or replace function ledger.guarded(the_stream text) returns boolean
  language sql immutable set search_path = pg_catalog, pg_temp
  as $$ select split_part(the_stream, '/', 1) = any('{access,grants,document,campaign,erasure,publishers,exchange}') $$;

-- Whose packs may be brought in: an administrator of the service has compared the fingerprint with the publisher.
create table exchange.publishers (
  -- SHA-256 of the public key, in hexadecimal digits.
  fingerprint text primary key constraint fingerprint_form check (fingerprint ~ '^[0-9a-f]{64}$'),
  public_key bytea not null,
  name text not null constraint name_length check (char_length(name) between 1 and 200),
  -- How the fingerprint was compared.
  note text not null constraint note_length check (char_length(note) between 5 and 1000),
  trusted_by uuid references access.people,
  trusted_at timestamptz not null,
  withdrawn_by uuid references access.people,
  withdrawn_at timestamptz,
  reason text not null default ''
);

-- Which version of a document came with which pack: what is not changed here since is brought up to date without a question.
create table exchange.imports (
  document uuid not null,
  version integer not null,
  establishment text not null references access.establishments,
  pack text not null,
  pack_version text not null,
  -- Null: it was not signed.
  fingerprint text,
  taken_by uuid references access.people,
  taken_at timestamptz not null,
  primary key (document, version)
);

create function exchange.fold(place text, what text, said jsonb, who uuid, moment timestamptz) returns void
  language plpgsql security definer set search_path = pg_catalog, pg_temp
  as $$
    begin
      if what = 'publishers.trusted' then
        insert into exchange.publishers (fingerprint, public_key, name, note, trusted_by, trusted_at)
          values (said ->> 'fingerprint', decode(said ->> 'key', 'base64'), said ->> 'name', said ->> 'note', who, moment)
          on conflict (fingerprint) do update set name = excluded.name, note = excluded.note, trusted_by = excluded.trusted_by,
            trusted_at = excluded.trusted_at, withdrawn_by = null, withdrawn_at = null, reason = ''
          where publishers.withdrawn_at is not null;
        if not found then raise exception 'the publisher is trusted already' using errcode = 'AM004'; end if;
      elsif what = 'publishers.withdrawn' then
        update exchange.publishers set withdrawn_by = who, withdrawn_at = moment, reason = said ->> 'reason'
          where fingerprint = said ->> 'fingerprint' and withdrawn_at is null;
        if not found then raise exception 'no such trusted publisher' using errcode = 'AM004'; end if;
      elsif what = 'exchange.imported' then
        insert into exchange.imports (document, version, establishment, pack, pack_version, fingerprint, taken_by, taken_at)
          select (d ->> 'document')::uuid, (d ->> 'version')::integer, place, said ->> 'pack', said ->> 'version', said ->> 'fingerprint', who, moment
          from jsonb_array_elements(said -> 'documents') d;
      end if;
    end
  $$;

-- Puts on record what has happened and folds it, as of the moment that the record says.
create function exchange.happen(place text, the_stream text, what text, said jsonb) returns void
  language plpgsql security definer set search_path = pg_catalog, pg_temp
  as $$
    begin
      perform ledger.note(the_stream, place, what, said);
      perform exchange.fold(
        place, what, said, access.person(),
        (select e.at from ledger.events e join ledger.heads h on h.stream = e.stream and h.number = e.number where e.stream = the_stream)
      );
    end
  $$;

create function exchange.trust(key bytea, the_name text, the_note text) returns text
  language plpgsql security definer set search_path = pg_catalog, pg_temp
  as $$
    declare
      print text := encode(sha256(key), 'hex');
      said jsonb := jsonb_build_object('fingerprint', print, 'key', encode(key, 'base64'), 'name', trim(the_name), 'note', trim(the_note));
    begin
      if not access.holds('administrator', null) then raise exception 'only an administrator of the service' using errcode = 'AM003'; end if;
      perform exchange.happen(null, 'publishers/service', 'publishers.trusted', said);
      return print;
    end
  $$;

create function exchange.distrust(print text, the_reason text) returns void
  language plpgsql security definer set search_path = pg_catalog, pg_temp
  as $$
    declare
      said jsonb := jsonb_build_object('fingerprint', print, 'reason', trim(the_reason));
    begin
      if not access.holds('administrator', null) then raise exception 'only an administrator of the service' using errcode = 'AM003'; end if;
      if char_length(trim(the_reason)) not between 5 and 1000 then raise exception 'a reason' using errcode = 'AM002'; end if;
      perform exchange.happen(null, 'publishers/service', 'publishers.withdrawn', said);
    end
  $$;

-- What has just been brought in: drafts of the one who is asking, and of a publisher who is trusted at this moment.
create function exchange.imported(place text, said jsonb, own text) returns void
  language plpgsql security definer set search_path = pg_catalog, pg_temp
  as $$
    begin
      if not (access.holds('planner', place) or access.holds('governor', place)) then
        raise exception 'planners and governors bring documents in' using errcode = 'AM003';
      end if;
      if said ->> 'fingerprint' is not null and said ->> 'fingerprint' <> own and not exists (
        select from exchange.publishers p where p.fingerprint = said ->> 'fingerprint' and p.withdrawn_at is null
      ) then
        raise exception 'the publisher is not trusted' using errcode = 'AM003';
      end if;
      if exists (
        select from jsonb_array_elements(said -> 'documents') d
        where not exists (
          select from documents.versions v join documents.documents of_it on of_it.id = v.document
          where v.document = (d ->> 'document')::uuid and v.number = (d ->> 'version')::integer and v.author = access.person()
            and v.status = 'draft' and of_it.establishment = place
        )
      ) then
        raise exception 'what is brought in is a draft of one’s own' using errcode = 'AM002';
      end if;
      perform exchange.happen(place, 'exchange/' || place, 'exchange.imported', said);
    end
  $$;

-- A layout that leaves the house is a decision: who handed out what is on record.
create function exchange.exported(place text, said jsonb) returns void
  language plpgsql security definer set search_path = pg_catalog, pg_temp
  as $$
    begin
      if not access.holds('governor', place) then raise exception 'governors hand documents out' using errcode = 'AM003'; end if;
      perform ledger.note('exchange/' || place, place, 'exchange.exported', said);
    end
  $$;

create function exchange.rebuild() returns bigint
  language plpgsql security definer set search_path = pg_catalog, pg_temp
  as $$
    declare
      event record;
      folded bigint := 0;
    begin
      delete from exchange.imports;
      delete from exchange.publishers;
      for event in select * from ledger.events where stream like 'publishers/%' or stream like 'exchange/%' order by position loop
        perform exchange.fold(event.establishment, event.kind, convert_from(event.body, 'UTF8')::jsonb, event.person, event.at);
        folded := folded + 1;
      end loop;
      return folded;
    end
  $$;
revoke all on function exchange.fold(text, text, jsonb, uuid, timestamptz), exchange.happen(text, text, text, jsonb),
  exchange.trust(bytea, text, text), exchange.distrust(text, text), exchange.imported(text, jsonb, text), exchange.exported(text, jsonb),
  exchange.rebuild() from public;
grant execute on function exchange.trust(bytea, text, text), exchange.distrust(text, text), exchange.imported(text, jsonb, text),
  exchange.exported(text, jsonb) to aman_request;

alter table exchange.publishers enable row level security;
create policy of_everybody_here on exchange.publishers for select to aman_request using ((select access.places(null)) <> '{}' or (select access.belongs(null)));
grant select (fingerprint, public_key, name, note, trusted_by, trusted_at, withdrawn_by, withdrawn_at, reason) on exchange.publishers to aman_request;

alter table exchange.imports enable row level security;
create policy of_ones_own on exchange.imports for select to aman_request using (establishment = any ((select access.places(null))::text[]));
grant select (document, version, establishment, pack, pack_version, fingerprint, taken_by, taken_at) on exchange.imports to aman_request;
