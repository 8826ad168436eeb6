-- Who somebody is, on record and sealed with their own key; the order of all events, signed; a way back for a service whose last administrator is gone.

-- Digest of position and hash of all events since the checkpoint before, in the order of their positions. Absent in checkpoints that are older.
alter table ledger.checkpoints add column ordered bytea;
grant select (ordered) on ledger.checkpoints to aman_request;

-- Name and sign-in name of whoever has just come in, sealed before they get here; only in the transaction in which they came.
create function identity.named(who uuid, key bytea, body bytea) returns void
  language plpgsql security definer set search_path = pg_catalog, pg_temp
  as $$
    begin
      if who is distinct from access.person() then raise exception 'everybody is named by themselves' using errcode = 'AM003'; end if;
      insert into ledger.subject_keys (subject, sealed_key) values (who, key);
      perform ledger.append('person/' || who, 0, null, null, array['person.named'], array[who], array[body]);
    end
  $$;
revoke all on function identity.named(uuid, bytea, bytea) from public;
grant execute on function identity.named(uuid, bytea, bytea) to aman_gate;

-- Ending a session by hand is on record, whoever's it was.
create function access.end_session(the_session uuid) returns boolean
  language plpgsql security definer set search_path = pg_catalog, pg_temp
  as $$
    declare
      whose uuid;
    begin
      update identity.sessions set ended_at = now()
        where id = the_session and ended_at is null and (person = access.person() or access.holds('administrator', null)) returning person into whose;
      if whose is null then return false; end if;
      perform ledger.note('access/' || whose, null, 'access.session-ended', '{}');
      return true;
    end
  $$;
revoke all on function access.end_session(uuid) from public;
grant execute on function access.end_session(uuid) to aman_request;

-- What happens with an account concerns its owner, also when somebody else has done it.
create policy of_ones_account on ledger.events for select to aman_request
  using (subject is null and stream = 'access/' || (select access.person()));

-- An invitation by whoever looks after the machine, where no administrator is left: it names nobody who has invited.
alter table identity.invitations alter column invited_by drop not null;
create function identity.invite_administrator(the_code bytea, the_name text) returns uuid
  language plpgsql security definer set search_path = pg_catalog, pg_temp
  as $$
    declare
      made uuid;
      until timestamptz := now() + interval '1 year';
    begin
      insert into identity.invitations (code, name, role, grant_expires_at, expires_at)
        values (the_code, the_name, 'administrator', until, now() + interval '1 day') returning id into made;
      perform ledger.note('grants/service', null, 'grants.invited', jsonb_build_object('invitation', made, 'role', 'administrator', 'until', until));
      return made;
    end
  $$;
revoke all on function identity.invite_administrator(bytea, text) from public;

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
      if not found or invited.invited_by is not null and not exists (
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

-- Asking again for the role that one has been given in an emergency gives the same one.
create or replace function access.break_glass(the_role text, place text, reason text) returns uuid
  language plpgsql security definer set search_path = pg_catalog, pg_temp
  as $$
    declare
      made uuid := gen_random_uuid();
      there uuid;
    begin
      if place is null or not access.acts(place) then raise exception 'only who acts at the place already' using errcode = 'AM003'; end if;
      if the_role not in ('planner', 'governor') then raise exception 'planner or governor' using errcode = 'AM002'; end if;
      if char_length(trim(coalesce(reason, ''))) not between 10 and 2000 then
        raise exception 'a reason of ten characters or more' using errcode = 'AM002';
      end if;
      perform pg_advisory_xact_lock(hashtextextended('aman glass ' || access.person(), 0));
      select (convert_from(e.body, 'UTF8')::jsonb ->> 'grant')::uuid into there from ledger.events e
        join access.grants g on g.id = (convert_from(e.body, 'UTF8')::jsonb ->> 'grant')::uuid
        where e.stream = 'grants/' || place and e.kind = 'grants.glass-broken' and e.at > now() - interval '1 hour' and e.person = access.person()
          and g.role = the_role and g.establishment = place and g.withdrawn_at is null and g.expires_at > now()
        order by e.position desc limit 1;
      if there is not null then return there; end if;
      perform access.happen(place, 'grants.glass-broken', jsonb_build_object(
        'grant', made, 'person', access.person(), 'role', the_role, 'until', now() + interval '1 hour', 'reason', reason
      ));
      return made;
    end
  $$;

-- Emergencies that this monitor has not read yet: told until they say that they have.
create function access.unread_emergencies() returns table (id uuid, person uuid, role text, establishment text, reason text, at timestamptz)
  language sql stable security definer set search_path = pg_catalog, pg_temp
  as $$
    select (said ->> 'grant')::uuid, e.person, said ->> 'role', e.establishment, said ->> 'reason', e.at
      from ledger.events e, lateral (select convert_from(e.body, 'UTF8')::jsonb as said) b
      where e.stream in (select h.stream from ledger.heads h where h.stream like 'grants/%') and e.kind = 'grants.glass-broken'
        and access.holds('monitor', e.establishment)
        and not exists (
          select from ledger.events v where v.stream = 'trail/' || access.person()
            and convert_from(v.body, 'UTF8')::jsonb = jsonb_build_object('page', 'emergency', 'detail', said ->> 'grant')
        )
      order by e.position desc limit 20
  $$;
revoke all on function access.unread_emergencies() from public;
grant execute on function access.unread_emergencies() to aman_request;

-- That somebody has been shown a layout, or who works where: once an hour for each.
create function access.seen(page text, detail text) returns void
  language plpgsql security definer set search_path = pg_catalog, pg_temp
  as $$
    declare
      said jsonb := jsonb_strip_nulls(jsonb_build_object('page', page, 'detail', detail));
    begin
      if access.person() is null or char_length(page) > 100 or char_length(coalesce(detail, '')) > 200 then
        raise exception 'somebody looks at something' using errcode = 'AM002';
      end if;
      if exists (
        select from (select at, body from ledger.events where stream = 'trail/' || access.person() order by number desc limit 100) e
        where e.at > now() - interval '1 hour' and convert_from(e.body, 'UTF8')::jsonb = said
      ) then
        return;
      end if;
      perform ledger.note('trail/' || access.person(), null, 'trail.viewed', said);
    end
  $$;
revoke all on function access.seen(text, text) from public;
grant execute on function access.seen(text, text) to aman_request;

-- The board asks for what waits for review each time it is looked at: of ten thousand versions a handful.
create index versions_in_review on documents.versions (document) where status = 'in-review';
