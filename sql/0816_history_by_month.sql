-- History by month. The old table becomes the part before the first of them, as it stands: no row of it is read or written.

-- The key begins with the time, which says the month.
create table contact_history_divided (
  like contact_history including defaults including constraints
) partition by range (changed_at);

do $$
declare
  bound timestamptz := (
    select substring(pg_get_constraintdef(oid) from '''([^'']+)''')::timestamptz from pg_constraint
    where conname = 'contact_history_until' and conrelid = 'contact_history_before'::regclass);
  first_id bigint;
begin
  lock table contact_history in access exclusive mode;
  select coalesce(pg_sequence_last_value(pg_get_serial_sequence('contact_history', 'id')::regclass),
    (select seqstart - 1 from pg_sequence where seqrelid = pg_get_serial_sequence('contact_history', 'id')::regclass)) + 1 into first_id;
  alter table contact_history_before no inherit contact_history;
  alter table contact_history rename to contact_history_beside;
  drop trigger contact_history_append_only on contact_history_beside;
  alter index contact_history_pkey rename to contact_history_beside_pkey;
  alter table contact_history_divided rename to contact_history;
  alter table contact_history add constraint contact_history_pkey primary key (changed_at, id);
  execute format('alter table contact_history alter column id add generated always as identity (start with %s)', first_id);
  -- Serves the history on a contact's page, newest first, and "who changed it last" in a conflict.
  create index contact_history_contact on contact_history (contact_id, changed_at desc, id desc);
  -- Serves undo: what one batch changed.
  create index contact_history_batch on contact_history (batch_id) where batch_id is not null;
  -- Serves the desk's history: what was changed without a batch.
  create index contact_history_without_batch on contact_history (changed_at desc, id desc) where batch_id is null;
  create trigger contact_history_append_only before update or delete or truncate on contact_history
    for each statement execute function refuse_history_change();
  create trigger contact_history_append_only before update or delete or truncate on contact_history_before
    for each statement execute function refuse_history_change();
  perform copy_rights('contact_history_beside', 'contact_history');
  execute format('alter table contact_history attach partition contact_history_before for values from (minvalue) to (%L)', bound);
  alter table contact_history_before drop constraint contact_history_until;
  perform make_part('contact_history_before', 'contact_history_default');
  perform copy_triggers('contact_history_before', 'contact_history_default', true, true);
  alter table contact_history attach partition contact_history_default default;
  perform close_table('public.contact_history_before');
  insert into contact_history overriding system value select * from contact_history_beside;
  drop table contact_history_beside;
  while make_months(3, 20000) > 0 loop
  end loop;
end $$;
