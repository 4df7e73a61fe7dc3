-- Serves sort=name and sort=-name: order by name collate desk_people, id.

-- migrate:no-transaction
create index concurrently contact_submissions_name on contact_submissions (name collate desk_people, id);
