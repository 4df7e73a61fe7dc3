-- What the old table of history holds: nothing of next month or later, or nothing at all. Not checked yet, which would take its time.

do $$
declare
  month timestamptz := date_trunc('month', now(), 'UTC');
begin
  if exists (select from contact_history_before) then
    month = (month at time zone 'UTC' + interval '1 month') at time zone 'UTC';
    -- Where the server's clock once was ahead.
    with moved as (delete from contact_history_before where changed_at >= month returning *)
    insert into contact_history overriding system value select * from moved;
  end if;
  execute format('alter table contact_history_before add constraint contact_history_until check (changed_at < %L) not valid', month);
end $$;
