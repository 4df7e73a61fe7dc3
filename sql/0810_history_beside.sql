-- History goes on in a new table under the same name, and the old table becomes its child, so everything is still found. Nothing
-- more is written to the old one. So the next steps can check all of it, and nobody waits.

do $$
declare
  first_id bigint;
begin
  lock table contact_history in access exclusive mode;
  select coalesce(pg_sequence_last_value(pg_get_serial_sequence('contact_history', 'id')::regclass), 0) + 1 into first_id;
  drop trigger contact_history_append_only on contact_history;
  alter table contact_history alter column id drop identity;
  alter table contact_history rename to contact_history_before;
  alter index contact_history_pkey rename to contact_history_before_pkey;
  alter index contact_history_contact rename to contact_history_before_contact;
  alter index contact_history_batch rename to contact_history_before_batch;
  alter index contact_history_without_batch rename to contact_history_before_without_batch;
  create table contact_history (like contact_history_before including all);
  execute format('alter table contact_history alter column id add generated always as identity (start with %s)', first_id);
  alter table contact_history_before inherit contact_history;
  create trigger contact_history_append_only before update or delete or truncate on contact_history
    for each statement execute function refuse_history_change();
  perform copy_rights('contact_history_before', 'contact_history');
end $$;
