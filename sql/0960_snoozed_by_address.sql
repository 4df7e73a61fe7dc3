-- Serves the end of a snooze when the same address writes again (0965). Contacts that were never snoozed, as every new one, are not in
-- it, so that it costs the website's INSERT nothing but the look. Its condition is not "is not null", which 0325 answers too: a
-- session keeps its plan, and one from a time without snoozes would go on reading all of them in 0325.

-- migrate:no-transaction
create index concurrently contact_submissions_snoozed_address on contact_submissions (lower(trim_text(left(email, 255))))
  where coalesce(snoozed_until, '-infinity') > '-infinity';
