-- migrate:replaced-by 0950_forgotten_index_statistics.sql
-- What ANALYZE keeps of the columns are values of some rows. Forgetting removes rows of many tables, and of months that nobody
-- writes to any more: each is looked at anew. ANALYZE keeps what it knew of a table that has become empty; PostgreSQL 18 can be
-- told to drop that.
create or replace function refresh_person_statistics() returns void
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  kept record;
  filled boolean;
  clears boolean := to_regprocedure('pg_catalog.pg_clear_attribute_stats(text, text, text, boolean)') is not null;
begin
  for kept in
    select oid::regclass as name, relname, relispartition from pg_class
    where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and relowner = current_user::regrole
    order by oid
  loop
    execute format('select exists (select from %s)', kept.name) into filled;
    if filled and not kept.relispartition then
      execute format('analyze %s', kept.name);
    elsif clears and not filled then
      execute format('select pg_clear_attribute_stats(%L, %L, attname::text, inherited)
        from pg_attribute, (values (true), (false)) v (inherited)
        where attrelid = %s and attnum > 0 and not attisdropped', 'public', kept.relname, kept.name::oid);
    end if;
  end loop;
end $$;
