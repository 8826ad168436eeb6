-- Exercises of a plan: on which day, of what kind, with which version, what was learned. Events of the plan's own stream, folded beside it.

create table documents.rehearsals (
  id uuid primary key,
  -- Folding a document again folds its exercises again.
  document uuid not null references documents.documents on delete cascade,
  version integer not null,
  held_on date not null constraint held_range check (held_on >= date '2000-01-01'),
  form text not null constraint known_form check (form in ('table-top', 'drill', 'live')),
  learned text not null constraint learned_length check (char_length(learned) between 1 and 5000),
  recorded_by uuid references access.people,
  recorded_at timestamptz not null,
  -- Recorded by mistake: it stays, and counts no more.
  struck_by uuid references access.people,
  struck_at timestamptz
);
create index rehearsals_by_document on documents.rehearsals (document, held_on);

alter table documents.rehearsals enable row level security;
create policy of_ones_own on documents.rehearsals for select to aman_request
  using (exists (select from documents.documents d where d.id = document));
grant select (id, document, version, held_on, form, learned, recorded_by, recorded_at, struck_by, struck_at) on documents.rehearsals to aman_request;

alter function documents.fold(uuid, text, text, jsonb, uuid, timestamptz, boolean) rename to fold_text;

create function documents.fold_rehearsal(the_document uuid, place text, what text, said jsonb, who uuid, moment timestamptz, live boolean) returns void
  language plpgsql security definer set search_path = pg_catalog, pg_temp
  as $$
    declare
      it documents.documents;
    begin
      if live and not (access.holds('planner', place) or access.holds('governor', place)) then
        raise exception 'planners and governors put exercises on record' using errcode = 'AM003';
      end if;
      select * into it from documents.documents where id = the_document for update;
      if not found then raise exception 'a document begins with its beginning' using errcode = 'AM002'; end if;
      if it.retired_at is not null then raise exception 'the document is retired' using errcode = 'AM004'; end if;
      if what = 'document.rehearsed' then
        if it.kind <> 'plan' or not exists (
          select from documents.versions v
          where v.document = the_document and v.number = (said ->> 'version')::integer
            -- What came after it has taken its place since; what ships with the product nobody has decided about.
            and (v.status = 'approved' or v.status = 'superseded' and (v.decided_at is not null or v.author is null))
        ) then
          raise exception 'what is rehearsed is a plan that is or was in force' using errcode = 'AM004';
        end if;
        -- Somewhere it is tomorrow already.
        if live and (said ->> 'on')::date > current_date + 1 then
          raise exception 'an exercise that was held' using errcode = 'AM002';
        end if;
        insert into documents.rehearsals (id, document, version, held_on, form, learned, recorded_by, recorded_at) values (
          (said ->> 'rehearsal')::uuid, the_document, (said ->> 'version')::integer, (said ->> 'on')::date, said ->> 'form', said ->> 'learned', who, moment
        );
      else
        update documents.rehearsals set struck_by = who, struck_at = moment
          where id = (said ->> 'rehearsal')::uuid and document = the_document and struck_at is null;
        if not found then raise exception 'no such exercise' using errcode = 'AM004'; end if;
      end if;
    end
  $$;

create function documents.fold(the_document uuid, place text, what text, said jsonb, who uuid, moment timestamptz, live boolean) returns void
  language plpgsql security definer set search_path = pg_catalog, pg_temp
  as $$
    begin
      if what in ('document.rehearsed', 'document.rehearsal-struck') then
        perform documents.fold_rehearsal(the_document, place, what, said, who, moment, live);
      else
        perform documents.fold_text(the_document, place, what, said, who, moment, live);
      end if;
    end
  $$;
revoke all on function documents.fold_rehearsal(uuid, text, text, jsonb, uuid, timestamptz, boolean),
  documents.fold(uuid, text, text, jsonb, uuid, timestamptz, boolean) from public;
