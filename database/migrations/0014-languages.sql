-- Which languages the people of an establishment read: asked when it is set up, changed by its administrators. None: nobody has said.
alter table access.establishments add column languages text[] not null default '{}'
  constraint languages_form check (languages <@ array['en', 'ru', 'kk', 'ky', 'tg', 'uz-Latn', 'uz-Cyrl']);
grant select (languages) on access.establishments to aman_request;

create or replace function access.fold(place text, what text, said jsonb, who uuid, moment timestamptz) returns void
  language plpgsql security definer set search_path = pg_catalog, pg_temp
  as $$
    begin
      case what
        when 'grants.stated' then
          insert into access.establishments (id, title, created_at)
            select id, title, created_at from jsonb_populate_recordset(null::access.establishments, coalesce(said -> 'establishments', '[]'));
          insert into access.grants (id, person, role, establishment, granted_by, granted_at, expires_at, withdrawn_at)
            select id, person, role, establishment, granted_by, granted_at, expires_at, withdrawn_at
            from jsonb_populate_recordset(null::access.grants, coalesce(said -> 'grants', '[]'));
        when 'grants.set-up' then
          insert into access.establishments (id, title, created_at) values (said ->> 'establishment', said -> 'title', moment);
          insert into access.grants (id, person, role, establishment, granted_at, expires_at)
            select g.id, (said ->> 'person')::uuid, g.role, g.establishment, moment, g.until
            from jsonb_to_recordset(said -> 'grants') as g(id uuid, role text, establishment text, until timestamptz);
        when 'grants.establishment-founded' then
          insert into access.establishments (id, title, created_at) values (said ->> 'establishment', said -> 'title', moment);
        when 'grants.languages-chosen' then
          update access.establishments set languages = array(select jsonb_array_elements_text(said -> 'languages')) where id = place;
        when 'grants.granted', 'grants.accepted', 'grants.glass-broken' then
          insert into access.grants (id, person, role, establishment, granted_by, granted_at, expires_at) values (
            (said ->> 'grant')::uuid, (said ->> 'person')::uuid, said ->> 'role', place, coalesce((said ->> 'by')::uuid, who), moment,
            (said ->> 'until')::timestamptz
          );
        when 'grants.prolonged' then
          update access.grants set expires_at = (said ->> 'until')::timestamptz where id = (said ->> 'grant')::uuid;
        when 'grants.withdrawn' then
          update access.grants set withdrawn_at = moment where id = (said ->> 'grant')::uuid;
        else
          null;
      end case;
    end
  $$;

create function access.choose_languages(place text, chosen text[]) returns void
  language plpgsql security definer set search_path = pg_catalog, pg_temp
  as $$
    begin
      if not access.holds('administrator', place) or not exists (select from access.establishments where id = place) then
        raise exception 'only an administrator of the place' using errcode = 'AM003';
      end if;
      perform access.happen(place, 'grants.languages-chosen', jsonb_build_object('languages', to_jsonb(chosen)));
    end
  $$;
revoke all on function access.choose_languages(text, text[]) from public;
grant execute on function access.choose_languages(text, text[]) to aman_request;

create function identity.set_up(
  the_login text, the_name text, the_language text, hash text, establishment_id text, establishment_title jsonb, chosen text[]
) returns uuid
  language plpgsql security definer set search_path = pg_catalog, pg_temp
  as $$
    declare
      who uuid := identity.set_up(the_login, the_name, the_language, hash, establishment_id, establishment_title);
    begin
      perform access.choose_languages(establishment_id, chosen);
      return who;
    end
  $$;
revoke all on function identity.set_up(text, text, text, text, text, jsonb, text[]) from public;
grant execute on function identity.set_up(text, text, text, text, text, jsonb, text[]) to aman_gate;
revoke execute on function identity.set_up(text, text, text, text, text, jsonb) from aman_gate;
