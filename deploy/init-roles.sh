#!/bin/sh
# The roles of the desk, once: the image runs this on an empty volume only, and run again by hand it does nothing.
# desk_owner migrates and owns what the migrations make; desk_app is the application, which they grant what it needs.
set -eu
OWNER_PASSWORD="$(cat "${DB_OWNER_PASSWORD_FILE:-/run/secrets/db_owner_password}")"
APP_PASSWORD="$(cat "${DB_APP_PASSWORD_FILE:-/run/secrets/db_app_password}")"
export OWNER_PASSWORD APP_PASSWORD

# By the environment of this one psql: neither the list of processes, the server's log nor its statistics of statements, which
# desk_app may read, shows a password.
psql --no-psqlrc --quiet --set=ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" <<'SQL'
\getenv owner_password OWNER_PASSWORD
\getenv app_password APP_PASSWORD
set client_min_messages = warning;
set log_statement = 'none';
set log_min_duration_statement = -1;
set log_min_error_statement = 'panic';
set pg_stat_statements.track_utility = 'off';
select format('create role desk_owner login password %L', :'owner_password')
where not exists (select from pg_roles where rolname = 'desk_owner') \gexec
select format('create role desk_app login password %L', :'app_password')
where not exists (select from pg_roles where rolname = 'desk_app') \gexec
select format('alter database %I owner to desk_owner', datname)
from pg_database where datname = current_database() and datdba <> 'desk_owner'::regrole \gexec
create extension if not exists pg_trgm;
create extension if not exists pg_stat_statements;
-- Statistics of the server, and no rows: what the page about the database reads.
select 'grant pg_monitor to desk_app' where not pg_has_role('desk_app', 'pg_monitor', 'member') \gexec
SQL
