-- migrate:replaced-by 0520_contacts_by_time_for_figures.sql
-- migrate:replaced-by 0522_contacts_by_time_alone.sql
-- Serves the inbox as it opens, its pages by keyset in both directions, and ranges of days.

-- migrate:no-transaction
create index concurrently contact_submissions_time on contact_submissions ("timestamp" desc, id desc);
