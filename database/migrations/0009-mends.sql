-- Somebody who has left and comes back is let in anew: their account elsewhere and their sign-in name are free again.
create or replace function access.close_person(whom uuid) returns boolean
  language plpgsql security definer set search_path = pg_catalog, pg_temp
  as $$
    begin
      if not access.holds('administrator', null) then raise exception 'only an administrator of the service' using errcode = 'AM003'; end if;
      if whom = access.person() then raise exception 'nobody closes their own account' using errcode = 'AM003'; end if;
      update access.people set closed_at = now() where id = whom and closed_at is null;
      if not found then return false; end if;
      update identity.sessions set ended_at = now() where person = whom and ended_at is null;
      delete from identity.subjects where person = whom;
      delete from identity.passkeys where person = whom;
      update identity.accounts set login = 'closed-' || replace(whom::text, '-', '') where person = whom;
      perform ledger.note('grants/service', null, 'grants.person-closed', jsonb_build_object('person', whom));
      return true;
    end
  $$;

create index challenges_by_end on identity.challenges (expires_at);
