-- ANALYZE also keeps values of what an index computes, and of a partial index that has become empty it keeps what it knew. PostgreSQL 18
-- can be told to drop that; what is left in an index is looked at anew with its table.
create or replace function refresh_person_statistics() returns void
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  kept record;
  filled boolean;
  clears boolean := to_regprocedure('pg_catalog.pg_clear_attribute_stats(text, text, text, boolean)') is not null;
begin
  if clears then
    perform pg_clear_attribute_stats('public', i.relname, a.attname::text, false)
    from pg_index x
    join pg_class i on i.oid = x.indexrelid
    join pg_attribute a on a.attrelid = i.oid
    where i.relnamespace = 'public'::regnamespace and i.relowner = current_user::regrole and i.relkind = 'i' and x.indexprs is not null;
  end if;
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

-- Almost always empty, and too small for its values to help a plan. So no version keeps any.
alter index if exists contact_submissions_trimmed_email alter column 1 set statistics 0;
