-- Events by month, where Contact Desk made the table and nothing stands in it. An adopted one is divided by npm run partition-events.

do $$
begin
  if not exists (select from found_at_adoption where kind = 'database' and name = 'made') then
    return;
  end if;
  lock table analytics_events in access exclusive mode;
  if exists (select from analytics_events) or exists (select from pg_class where oid = 'analytics_events'::regclass and relkind = 'p') then
    return;
  end if;
  perform make_part('analytics_events', 'analytics_events_beside');
  perform set_events_aside();
  perform bound_events(date_trunc('month', now(), 'UTC'));
  alter table analytics_events_before validate constraint analytics_events_until;
  perform divide_events(date_trunc('month', now(), 'UTC'));
end $$;
