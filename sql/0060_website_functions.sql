-- New bodies for the website's two functions: no visit is lost, and updated_at moves on real changes only. Their names,
-- signatures, owners and grants stay; so do existing triggers.

-- One atomic upsert. Update-then-insert loses increments while the row is missing, and returns null.
-- Runs with the owner's rights: the website may have been granted update on the table, and insert never.
create or replace function increment_visitor_count() returns integer
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  new_count integer;
begin
  insert into public.website_visitors as v (id, count, last_updated)
  values ('visitor_count', 1, now())
  on conflict (id) do update set count = v.count + 1, last_updated = excluded.last_updated
  returning v.count into new_count;
  return new_count;
end $$;

-- On a real change only. `*<>` compares the rows' bytes; `is distinct from` raises on a json column.
-- With the rights of whoever writes, as it was: anyone may hang this one on a table of theirs, and what their columns'
-- types run on assignment must not run with ours.
create or replace function update_updated_at_column() returns trigger
  language plpgsql security invoker set search_path = pg_catalog, pg_temp as $$
begin
  if new *<> old then
    new.updated_at = now();
  end if;
  return new;
end $$;

do $$
declare
  watched text;
begin
  foreach watched in array array['contact_submissions', 'documents', 'staff'] loop
    if not exists (
      select from pg_trigger
      where tgrelid = watched::regclass and tgfoid = 'update_updated_at_column'::regproc and not tgisinternal
    ) then
      execute format('create trigger %I before update on %I for each row execute function update_updated_at_column()',
        'update_' || watched || '_updated_at', watched);
    end if;
  end loop;
end $$;
