-- Who signs in, their sessions, what the throttle counts, and the desk's settings.

create table staff (
  id uuid primary key default gen_random_uuid(),
  email text not null,
  name text not null,
  role text not null check (role in ('agent', 'manager', 'admin')),
  password_hash text not null,
  must_change_password boolean not null default false,
  disabled_at timestamptz,
  preferences jsonb not null default '{}',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
-- Serves sign-in, and keeps one person from having two accounts.
create unique index staff_email_key on staff (lower(email));

create table staff_sessions (
  id uuid primary key default gen_random_uuid(),
  staff_id uuid not null references staff (id),
  created_at timestamptz not null default now(),
  last_seen_at timestamptz not null default now(),
  expires_at timestamptz not null,
  ended_at timestamptz,
  user_agent text,
  address text
);
-- Serves the list of one's sessions, and ending them all.
create index staff_sessions_staff on staff_sessions (staff_id);

create table sign_in_attempts (
  id bigint generated always as identity primary key,
  account text not null,
  address text not null,
  succeeded boolean not null,
  attempted_at timestamptz not null default now()
);
-- Serve the throttle: recent attempts on one account, and from one address.
create index sign_in_attempts_account on sign_in_attempts (account, attempted_at);
create index sign_in_attempts_address on sign_in_attempts (address, attempted_at);

create table desk_settings (
  id boolean primary key default true check (id),
  name text not null default 'Contact Desk',
  time_zone text not null default 'UTC'
);
insert into desk_settings default values;
