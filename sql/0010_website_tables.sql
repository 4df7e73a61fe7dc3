-- The website's four tables, where they do not exist yet. In an existing installation this changes nothing:
-- names, columns, types and defaults of what is there stay as they are, other people's views hang on them.

create table if not exists contact_submissions (
  id varchar(255) primary key,
  name varchar(255) not null,
  email varchar(255) not null,
  company varchar(255),
  service varchar(255),
  budget varchar(255),
  message text not null,
  "timestamp" timestamptz not null default now(),
  status varchar(50) default 'new',
  source varchar(100) default 'website',
  user_agent text,
  page_url text,
  document_processing_enabled boolean default true,
  search_capabilities boolean default true,
  document_insights jsonb default '{}',
  last_updated timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

create table if not exists website_visitors (
  id varchar(255) primary key default 'visitor_count',
  count integer not null default 0,
  last_updated timestamptz not null default now()
);

create table if not exists documents (
  id uuid primary key default gen_random_uuid(),
  contact_id varchar(255) not null references contact_submissions (id) on delete cascade,
  filename varchar(500) not null,
  size bigint not null,
  content_type varchar(255) not null,
  document_type varchar(100) not null,
  description text,
  tags jsonb default '[]',
  upload_timestamp timestamptz not null,
  processing_status varchar(50) default 'pending',
  s3_bucket varchar(255),
  s3_key text,
  efs_path text,
  file_hash varchar(64),
  processing_metadata jsonb,
  processing_timestamp timestamptz,
  complexity_score numeric(5, 2),
  indexed_timestamp timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

create table if not exists analytics_events (
  id uuid primary key default gen_random_uuid(),
  event_type varchar(100) not null,
  event_data jsonb not null,
  "timestamp" timestamptz not null default now(),
  created_at timestamptz not null default now()
);
