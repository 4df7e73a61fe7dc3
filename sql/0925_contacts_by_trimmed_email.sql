-- Serves a contact's other submissions from the same address, beside 0170, of those whose address is stored with blanks or invisible
-- characters around it: lower(trim_text(left(email, 255))) = … and left(email, 255) <> trim_text(left(email, 255)).
-- It holds only such rows, which are few, so that it costs the website's INSERT next to nothing.

-- migrate:no-transaction
create index concurrently contact_submissions_trimmed_email on contact_submissions (lower(trim_text(left(email, 255))))
  where left(email, 255) <> trim_text(left(email, 255));
