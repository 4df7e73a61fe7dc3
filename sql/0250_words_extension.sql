-- The extension that finds parts of words by index. It is a trusted one: the owner of a database may create it. Where that
-- is refused, or the server does not have it, searching reads the contacts themselves: the same answers, slower.

do $$
begin
  create extension if not exists pg_trgm;
exception when insufficient_privilege or feature_not_supported or undefined_file then
  raise notice 'pg_trgm cannot be created: %', sqlerrm;
end $$;
