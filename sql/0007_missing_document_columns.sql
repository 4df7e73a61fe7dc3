-- The columns of documents that an installation lacks, as in 0006. A file of its own, so that only one table is locked at a time.

do $$
declare
  before text[] := (
    select array_agg(attname::text) from pg_attribute where attrelid = to_regclass('public.documents') and attnum > 0);
begin
  if before is null or exists (select from schema_migration where name = '0010_website_tables.sql') then
    return;
  end if;
  -- No 'pending' for processing_status: where nothing processes documents, they would all wait for ever.
  alter table documents
    add column if not exists content_type varchar(255) not null default 'application/octet-stream',
    add column if not exists document_type varchar(100) not null default 'unknown',
    add column if not exists description text,
    add column if not exists tags jsonb default '[]',
    add column if not exists processing_status varchar(50),
    add column if not exists s3_bucket varchar(255),
    add column if not exists s3_key text,
    add column if not exists efs_path text,
    add column if not exists file_hash varchar(64),
    add column if not exists processing_metadata jsonb,
    add column if not exists processing_timestamp timestamptz,
    add column if not exists complexity_score numeric(5, 2),
    add column if not exists indexed_timestamp timestamptz,
    add column if not exists created_at timestamptz not null default now(),
    add column if not exists updated_at timestamptz not null default now();
  insert into found_at_adoption (kind, name)
  select 'missing column', 'documents.' || attname from pg_attribute
  where attrelid = 'public.documents'::regclass and attnum > 0 and not attisdropped and attname <> all (before)
  order by attnum;
end $$;
