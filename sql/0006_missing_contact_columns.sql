-- The columns of contact_submissions that an installation lacks: null or a constant, so that no row is rewritten and the lock is brief.

-- What is missing is recorded, so that leaving can take it away again. Tables that are missing come with 0010.
alter table found_at_adoption
  drop constraint found_at_adoption_kind_check,
  add constraint found_at_adoption_kind_check check (kind in ('database', 'function', 'trigger', 'index', 'extension', 'right',
    'application', 'leaving', 'missing table', 'missing column'));

do $$
declare
  before text[] := (
    select array_agg(attname::text) from pg_attribute where attrelid = to_regclass('public.contact_submissions') and attnum > 0);
begin
  -- Where 0010 has been applied, every column is there. Without a table, 0010 makes it whole.
  if before is null or exists (select from schema_migration where name = '0010_website_tables.sql') then
    return;
  end if;
  insert into found_at_adoption (kind, name)
  select 'missing table', wanted from unnest(array['documents', 'analytics_events', 'website_visitors']) wanted
  where to_regclass('public.' || wanted) is null;
  alter table contact_submissions
    add column if not exists company varchar(255),
    add column if not exists service varchar(255),
    add column if not exists budget varchar(255),
    add column if not exists status varchar(50) default 'new',
    add column if not exists source varchar(100) default 'website',
    add column if not exists user_agent text,
    add column if not exists page_url text,
    add column if not exists document_processing_enabled boolean default true,
    add column if not exists search_capabilities boolean default true,
    add column if not exists document_insights jsonb default '{}',
    add column if not exists last_updated timestamptz,
    add column if not exists created_at timestamptz not null default now(),
    add column if not exists updated_at timestamptz not null default now();
  insert into found_at_adoption (kind, name)
  select 'missing column', 'contact_submissions.' || attname from pg_attribute
  where attrelid = 'public.contact_submissions'::regclass and attnum > 0 and not attisdropped and attname <> all (before)
  order by attnum;
end $$;
