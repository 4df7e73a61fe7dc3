-- The column of website_visitors that an installation may lack, as in 0006.

do $$
declare
  before text[] := (
    select array_agg(attname::text) from pg_attribute where attrelid = to_regclass('public.website_visitors') and attnum > 0);
begin
  if before is null or exists (select from schema_migration where name = '0010_website_tables.sql') then
    return;
  end if;
  alter table website_visitors add column if not exists last_updated timestamptz not null default now();
  insert into found_at_adoption (kind, name)
  select 'missing column', 'website_visitors.last_updated' where 'last_updated' <> all (before);
end $$;
