#!/bin/sh
# Makes the secrets of compose.yaml, once: what is there stays as it is. The folder is closed to others; the files in it are
# readable, because a container that is mounted one has a user of its own.
set -eu
cd "$(dirname "$0")"
folder="${1:-secrets}"
mkdir -p "$folder"
chmod 700 "$folder"

random() {
  od -An -N24 -tx1 /dev/urandom | tr -d ' \n'
}
write() {
  [ -s "$folder/$1" ] || printf '%s\n' "$2" > "$folder/$1"
  chmod 444 "$folder/$1"
}

for name in db_superuser_password db_owner_password db_app_password nextauth_secret metrics_token grafana_password; do
  write "$name" "$(random)"
done
# Hexadecimal digits only, so that nothing in them needs encoding here.
write db_owner_url "postgresql://desk_owner:$(cat "$folder/db_owner_password")@db:5432/website"
write pgbouncer_users "\"desk_app\" \"$(cat "$folder/db_app_password")\""
