-- Whoever changes an address or takes it back is told so at the address that was there: it may have been somebody else who did it.
-- Where a letter goes that is for an address given up; empty: to the address there is.
alter table mail.waiting add column address text not null default '';
alter table mail.waiting drop constraint waiting_pkey;
alter table mail.waiting add primary key (event, person, address);

-- `sends`: there is a mail server; without one nothing waits for it.
create function mail.give(the_address text, sends boolean) returns void
  language plpgsql security definer set search_path = pg_catalog, pg_temp
  as $$
    declare
      former text := (select address from mail.addresses where person = access.person());
    begin
      if access.person() is null or exists (select from identity.accounts where person = access.person() and demonstration) then
        raise exception 'somebody with an account of their own' using errcode = 'AM003';
      end if;
      if the_address is not distinct from former then
        return;
      end if;
      if the_address is null then
        delete from mail.waiting where person = access.person() and address = '';
        delete from mail.addresses where person = access.person();
      else
        insert into mail.addresses (person, address) values (access.person(), the_address)
          on conflict (person) do update set address = excluded.address, given_at = now();
      end if;
      perform ledger.note(
        'access/' || access.person(), null, case when the_address is null then 'access.address-removed' else 'access.address-given' end, '{}'
      );
      if former is not null and sends then
        insert into mail.waiting (event, person, notice, address)
          select max(position), access.person(), 'account', former from ledger.events where stream = 'access/' || access.person();
      end if;
    end
  $$;
revoke all on function mail.give(text, boolean) from public;
grant execute on function mail.give(text, boolean) to aman_request;
drop function mail.give(text);
