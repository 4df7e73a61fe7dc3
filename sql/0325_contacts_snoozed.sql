-- Serves snoozed=true, newest first: snoozed_until > now(). Contacts that were never put off, as every new one, are not in it.

-- migrate:no-transaction
create index concurrently contact_submissions_snoozed_time on contact_submissions ("timestamp" desc, id desc, snoozed_until)
where snoozed_until is not null;
