-- One function for looks at what not everybody sees; it says itself for how long looking again is the same look.
create function access.seen(page text, detail text, within interval) returns void
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
        where e.at > now() - within and convert_from(e.body, 'UTF8')::jsonb = said
      ) then
        return;
      end if;
      perform ledger.note('trail/' || access.person(), null, 'trail.viewed', said);
    end
  $$;
revoke all on function access.seen(text, text, interval) from public;
grant execute on function access.seen(text, text, interval) to aman_request;

drop function access.seen(text, text);

create or replace function access.look(page text, detail text) returns void
  language sql security definer set search_path = pg_catalog, pg_temp
  as $$ select access.seen(page, detail, interval '1 minute') $$;
