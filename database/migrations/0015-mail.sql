-- Notices by e-mail, where a service has a mail server, for those who have given an address. What waits here says only that there is something
-- to look at, never what: letters lie open on their way.
create schema mail;
grant usage on schema mail to aman_request;

create table mail.addresses (
  person uuid primary key references access.people,
  address text not null constraint address_form check (address ~ '^[^@\s<>",;]{1,64}@[^@\s<>",;]{1,190}$'),
  given_at timestamptz not null default now()
);
alter table mail.addresses enable row level security;
create policy oneself on mail.addresses for select to aman_request using (person = access.person());
grant select (person, address, given_at) on mail.addresses to aman_request;

-- Events of which somebody is told, and those that have been looked at.
create table mail.waiting (
  event bigint not null,
  person uuid not null references access.people,
  notice text not null,
  -- deferrable: folding again takes establishments away and brings them back.
  establishment text references access.establishments deferrable,
  made_at timestamptz not null default now(),
  tries integer not null default 0,
  next_try timestamptz not null default now(),
  primary key (event, person)
);
alter table mail.waiting enable row level security;

create table mail.told (event bigint primary key);
alter table mail.told enable row level security;

create function mail.give(the_address text) returns void
  language plpgsql security definer set search_path = pg_catalog, pg_temp
  as $$
    begin
      if access.person() is null or exists (select from identity.accounts where person = access.person() and demonstration) then
        raise exception 'somebody with an account of their own' using errcode = 'AM003';
      end if;
      delete from mail.waiting where person = access.person();
      if the_address is null then
        delete from mail.addresses where person = access.person();
      else
        insert into mail.addresses (person, address) values (access.person(), the_address)
          on conflict (person) do update set address = excluded.address, given_at = now();
      end if;
      perform ledger.note(
        'access/' || access.person(), null, case when the_address is null then 'access.address-removed' else 'access.address-given' end, '{}'
      );
    end
  $$;
revoke all on function mail.give(text) from public;
grant execute on function mail.give(text) to aman_request;
