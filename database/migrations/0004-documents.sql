-- What people author: documents with versions, review by a second pair of eyes, comments. Rows here are folded from the streams
-- `document/<id>`; `documents.rebuild` folds them again.

create schema documents;
grant usage on schema documents to aman_request;

create table documents.documents (
  id uuid primary key,
  establishment text not null references access.establishments,
  kind text not null constraint known_kind check (kind in ('facility', 'roster', 'plan', 'threat', 'study', 'case')),
  -- The id inside of the document, by which others refer to it.
  name text not null constraint name_form check (name ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  title jsonb not null constraint title_form check (jsonb_typeof(title) = 'object'),
  made_at timestamptz not null,
  changed_at timestamptz not null,
  latest integer not null default 0,
  -- The version in force.
  approved integer,
  retired_at timestamptz,
  -- The pack it came with, if any.
  pack text
);
create unique index one_of_a_name on documents.documents (establishment, kind, name) where retired_at is null;

create table documents.versions (
  document uuid not null references documents.documents,
  number integer not null,
  content text not null constraint content_length check (octet_length(content) <= 900000),
  hash bytea not null,
  status text not null constraint known_status check (status in ('draft', 'in-review', 'approved', 'returned', 'superseded')),
  author uuid references access.people,
  note text not null default '',
  made_at timestamptz not null,
  submitted_by uuid references access.people,
  submitted_at timestamptz,
  decided_by uuid references access.people,
  decided_at timestamptz,
  decision text not null default '',
  primary key (document, number)
);

create table documents.comments (
  id uuid primary key,
  document uuid not null references documents.documents,
  version integer not null,
  -- The place in the document, such as "tasks.raise-alarm.duration"; empty: all of it.
  place text not null,
  body text not null constraint body_length check (char_length(body) between 1 and 5000),
  author uuid references access.people,
  made_at timestamptz not null,
  settled_by uuid references access.people,
  settled_at timestamptz
);
create index comments_by_document on documents.comments (document);

-- What somebody is writing and has not saved as a version: theirs alone, replaced as they type.
create table documents.workings (
  document uuid not null references documents.documents,
  person uuid not null references access.people,
  content text not null constraint content_length check (octet_length(content) <= 900000),
  based_on integer not null,
  saved_at timestamptz not null default now(),
  primary key (document, person)
);

-- Lets one event happen to the rows, or refuses what may not be. `live`: it happens now, and the person who is asking must have the right.
create function documents.fold(the_document uuid, place text, what text, said jsonb, who uuid, moment timestamptz, live boolean) returns void
  language plpgsql security definer set search_path = pg_catalog, pg_temp
  as $$
    declare
      it documents.documents;
      the_version documents.versions;
      wanted integer := (said ->> 'version')::integer;
    begin
      if live and who is not null then
        if what in ('document.begun', 'document.written', 'document.submitted', 'document.withdrawn')
          and not (access.holds('planner', place) or access.holds('governor', place)) then
          raise exception 'planners and governors write documents' using errcode = 'AM003';
        elsif what in ('document.approved', 'document.returned', 'document.retired') and not access.holds('governor', place) then
          raise exception 'governors decide about documents' using errcode = 'AM003';
        elsif not access.acts(place) then
          raise exception 'who reads only changes nothing' using errcode = 'AM003';
        end if;
      end if;
      if what = 'document.begun' then
        insert into documents.documents (id, establishment, kind, name, title, made_at, changed_at, pack)
          values (the_document, place, said ->> 'kind', said ->> 'name', said -> 'title', moment, moment, said ->> 'pack');
        return;
      end if;
      select * into it from documents.documents where id = the_document for update;
      if not found then raise exception 'a document begins with its beginning' using errcode = 'AM002'; end if;
      if it.retired_at is not null then raise exception 'the document is retired' using errcode = 'AM004'; end if;
      if what = 'document.commented' then
        if not exists (select from documents.versions v where v.document = the_document and v.number = wanted) then
          raise exception 'no such version' using errcode = 'AM002';
        end if;
        insert into documents.comments (id, document, version, place, body, author, made_at)
          values ((said ->> 'comment')::uuid, the_document, wanted, coalesce(said ->> 'place', ''), said ->> 'text', who, moment);
        return;
      elsif what = 'document.settled' then
        update documents.comments set settled_by = who, settled_at = moment
          where id = (said ->> 'comment')::uuid and document = the_document and settled_at is null;
        if not found then raise exception 'no such open comment' using errcode = 'AM004'; end if;
        return;
      elsif what = 'document.retired' then
        update documents.documents set retired_at = moment, changed_at = moment where id = the_document;
        return;
      elsif what in ('document.written', 'document.imported') then
        if wanted is distinct from it.latest + 1 then raise exception 'versions are numbered one after another' using errcode = 'AM002'; end if;
        if what = 'document.imported' and who is not null then
          raise exception 'only the product brings in what ships with it' using errcode = 'AM003';
        end if;
        if what = 'document.imported' then
          update documents.versions set status = 'superseded' where document = the_document and status in ('approved', 'draft', 'in-review');
        else
          update documents.versions set status = 'superseded' where document = the_document and status = 'draft';
        end if;
        insert into documents.versions (document, number, content, hash, status, author, note, made_at)
          values (
            the_document, wanted, said ->> 'content', sha256(convert_to(said ->> 'content', 'UTF8')),
            case what when 'document.imported' then 'approved' else 'draft' end, who, coalesce(said ->> 'note', ''), moment
          );
        update documents.documents set latest = wanted, title = said -> 'title', changed_at = moment,
          approved = case what when 'document.imported' then wanted else approved end
          where id = the_document;
        return;
      end if;
      select * into the_version from documents.versions v where v.document = the_document and v.number = wanted for update;
      if not found then raise exception 'no such version' using errcode = 'AM002'; end if;
      if what = 'document.submitted' then
        if the_version.status <> 'draft' or wanted <> it.latest then raise exception 'only the latest draft is handed in' using errcode = 'AM004'; end if;
        update documents.versions set status = 'in-review', submitted_by = who, submitted_at = moment where document = the_document and number = wanted;
      elsif the_version.status <> 'in-review' then
        raise exception 'the version is not in review' using errcode = 'AM004';
      elsif what = 'document.withdrawn' then
        update documents.versions set status = 'draft', submitted_by = null, submitted_at = null where document = the_document and number = wanted;
      elsif what = 'document.returned' then
        if char_length(trim(coalesce(said ->> 'reason', ''))) = 0 then raise exception 'a reason' using errcode = 'AM002'; end if;
        update documents.versions set status = 'returned', decided_by = who, decided_at = moment, decision = said ->> 'reason'
          where document = the_document and number = wanted;
      elsif what = 'document.approved' then
        -- Four eyes: nobody who has written any part of what is new, or handed it in.
        if wanted <= coalesce(it.approved, 0) then raise exception 'a later version is in force' using errcode = 'AM004'; end if;
        if who is null or who = the_version.submitted_by or exists (
          select from documents.versions v
          where v.document = the_document and v.author = who and v.number <= wanted and v.number > coalesce(it.approved, 0)
        ) then
          raise exception 'nobody approves what they have written' using errcode = 'AM005';
        end if;
        update documents.versions set status = 'superseded'
          where document = the_document and number < wanted and status in ('approved', 'draft', 'in-review');
        update documents.versions set status = 'approved', decided_by = who, decided_at = moment, decision = coalesce(said ->> 'note', '')
          where document = the_document and number = wanted;
        update documents.documents set approved = wanted where id = the_document;
      else
        raise exception 'a document knows no %', what using errcode = 'AM002';
      end if;
      update documents.documents set changed_at = moment where id = the_document;
    end
  $$;
revoke all on function documents.fold(uuid, text, text, jsonb, uuid, timestamptz, boolean) from public;

-- Appends to the stream of a document and folds what was appended.
create function documents.record(the_document uuid, expected integer, the_request uuid, place text, kinds text[], bodies jsonb[])
  returns table (outcome text, last integer)
  language plpgsql security definer set search_path = pg_catalog, pg_temp
  as $$
    declare
      written record;
    begin
      -- Without a person only the product itself; of another establishment as if there were none.
      if (case when access.person() is null then current_setting('role') <> 'none' else not access.belongs(place) end) then
        raise exception 'nobody writes where they have no part' using errcode = 'AM003';
      end if;
      -- Names are taken and given back one after another, so that the order of events is the order in which it happened.
      if kinds && array['document.begun', 'document.retired'] then
        perform pg_advisory_xact_lock(hashtextextended('aman documents of ' || place, 0));
      end if;
      select * into written from ledger.write(
        'document/' || the_document, expected, the_request, place, kinds, array_fill(null::uuid, array[array_length(kinds, 1)]),
        (select array_agg(convert_to(b::text, 'UTF8') order by n) from unnest(bodies) with ordinality as t(b, n))
      );
      if written.outcome = 'appended' then
        for k in 1 .. array_length(kinds, 1) loop
          perform documents.fold(
            the_document, place, kinds[k], bodies[k], access.person(),
            (select e.at from ledger.events e where e.stream = 'document/' || the_document and e.number = expected + k), true
          );
        end loop;
      end if;
      -- The same request with something else in it is no repetition.
      if written.outcome = 'repeated' and (
        -- Its number among the versions follows from when it came.
        select array_agg(e.kind || (convert_from(e.body, 'UTF8')::jsonb - 'version')::text order by e.number) from ledger.events e
        where e.stream = 'document/' || the_document and e.request = the_request
      ) is distinct from (select array_agg(k || (b - 'version')::text order by n) from unnest(kinds, bodies) with ordinality as t(k, b, n)) then
        return query select 'conflict'::text, written.last;
        return;
      end if;
      return query select written.outcome, written.last;
    end
  $$;
revoke all on function documents.record(uuid, integer, uuid, text, text[], jsonb[]) from public;
grant execute on function documents.record(uuid, integer, uuid, text, text[], jsonb[]) to aman_request;

-- Everything here once more, from the events.
create function documents.rebuild() returns bigint
  language plpgsql security definer set search_path = pg_catalog, pg_temp
  as $$
    declare
      event record;
      folded bigint := 0;
      kept jsonb;
    begin
      select coalesce(jsonb_agg(w), '[]') into kept from documents.workings w;
      delete from documents.workings;
      delete from documents.comments;
      delete from documents.versions;
      delete from documents.documents;
      for event in select * from ledger.events where stream like 'document/%' order by position loop
        perform documents.fold(
          split_part(event.stream, '/', 2)::uuid, event.establishment, event.kind, convert_from(event.body, 'UTF8')::jsonb, event.person, event.at, false
        );
        folded := folded + 1;
      end loop;
      insert into documents.workings select * from jsonb_populate_recordset(null::documents.workings, kept);
      return folded;
    end
  $$;
revoke all on function documents.rebuild() from public;

alter table documents.documents enable row level security;
create policy of_ones_own on documents.documents for select to aman_request using (establishment = any ((select access.places(null))::text[]));
grant select (id, establishment, kind, name, title, made_at, changed_at, latest, approved, retired_at, pack) on documents.documents to aman_request;

alter table documents.versions enable row level security;
create policy of_ones_own on documents.versions for select to aman_request
  using (exists (select from documents.documents d where d.id = document));
grant select (document, number, content, hash, status, author, note, made_at, submitted_by, submitted_at, decided_by, decided_at, decision)
  on documents.versions to aman_request;

alter table documents.comments enable row level security;
create policy of_ones_own on documents.comments for select to aman_request
  using (exists (select from documents.documents d where d.id = document));
grant select (id, document, version, place, body, author, made_at, settled_by, settled_at) on documents.comments to aman_request;

alter table documents.workings enable row level security;
create policy ones_own on documents.workings to aman_request using (person = access.person())
  with check (person = access.person() and exists (select from documents.documents d where d.id = document and access.acts(d.establishment)));
grant select (document, person, content, based_on, saved_at), insert (document, person, content, based_on), update (content, based_on, saved_at), delete
  on documents.workings to aman_request;
