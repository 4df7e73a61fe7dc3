-- Serves visitors a day: one type of event within a range of time.

-- migrate:no-transaction
create index concurrently analytics_events_type_time on analytics_events (event_type, "timestamp");
