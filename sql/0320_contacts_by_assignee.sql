-- Serves assignee = …, newest first, and the count of what is a person's. Contacts that are nobody's, as every new one, are not in it.

-- migrate:no-transaction
create index concurrently contact_submissions_assignee_time on contact_submissions (assignee_id, "timestamp" desc, id desc)
where assignee_id is not null;
