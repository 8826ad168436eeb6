-- Further ways to prove who one is: passkeys, and sign-in at the service's own provider of identities (OpenID Connect).
-- A session remembers whether a second proof was shown.

alter table identity.sessions add column second boolean not null default false;
grant select (made_at, second), insert (second), update (second) on identity.sessions to aman_gate;

create table identity.passkeys (
  -- Credential id, base64url, as the browser names it.
  id text primary key constraint id_length check (char_length(id) between 10 and 1500),
  person uuid not null references access.people,
  -- COSE.
  public_key bytea not null,
  -- Signatures that its authenticator has counted; never falls (WebAuthn level 3, 6.1.1).
  counter bigint not null default 0,
  name text not null constraint name_length check (char_length(name) between 1 and 100),
  made_at timestamptz not null default now(),
  used_at timestamptz
);
create index passkeys_by_person on identity.passkeys (person);

-- What a browser has been asked to sign, or a provider to send back. Each is taken once, within minutes.
create table identity.challenges (
  id uuid primary key default gen_random_uuid(),
  purpose text not null constraint known_purpose check (purpose in ('passkey-add', 'passkey-sign-in', 'provider')),
  person uuid references access.people,
  secret jsonb not null,
  expires_at timestamptz not null default now() + interval '10 minutes'
);

-- Whom a provider means by a subject.
create table identity.subjects (
  issuer text not null,
  subject text not null constraint subject_length check (char_length(subject) between 1 and 255),
  person uuid not null references access.people,
  made_at timestamptz not null default now(),
  primary key (issuer, subject)
);

alter table identity.passkeys enable row level security;
create policy the_gate on identity.passkeys to aman_gate using (true) with check (true);
grant select (id, person, public_key, counter, name, made_at, used_at), insert (id, person, public_key, counter, name), update (counter, used_at), delete
  on identity.passkeys to aman_gate;
create policy ones_own on identity.passkeys for select to aman_request using (person = access.person());
grant select (id, person, name, made_at, used_at) on identity.passkeys to aman_request;

alter table identity.challenges enable row level security;
create policy the_gate on identity.challenges to aman_gate using (true) with check (true);
grant select (id, purpose, person, secret, expires_at), insert (purpose, person, secret), delete on identity.challenges to aman_gate;

alter table identity.subjects enable row level security;
create policy the_gate on identity.subjects for select to aman_gate using (true);
grant select (issuer, subject, person) on identity.subjects to aman_gate;
create policy ones_own on identity.subjects for select to aman_request using (person = access.person());
grant select (issuer, person, made_at) on identity.subjects to aman_request;

-- Takes an invitation up with an account at the provider instead of a password.
create function identity.accept_subject(the_code bytea, the_login text, the_language text, the_issuer text, the_subject text) returns uuid
  language plpgsql security definer set search_path = pg_catalog, pg_temp
  as $$
    declare
      who uuid;
    begin
      who := identity.accept(the_code, the_login, the_language, null);
      insert into identity.subjects (issuer, subject, person) values (the_issuer, the_subject, who);
      return who;
    end
  $$;
revoke all on function identity.accept_subject(bytea, text, text, text, text) from public;
grant execute on function identity.accept_subject(bytea, text, text, text, text) to aman_gate;
