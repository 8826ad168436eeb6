-- That a plan has dropped below its standard is noted by the product alone.

create or replace function ledger.guarded(the_stream text) returns boolean
  language sql immutable set search_path = pg_catalog, pg_temp
  as $$ select split_part(the_stream, '/', 1) = any('{access,grants,document,campaign,erasure,publishers,exchange,alerts,retention}') $$;
