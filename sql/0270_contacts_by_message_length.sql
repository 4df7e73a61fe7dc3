-- Serves words in the few messages that are longer than the index of words looks: octet_length(message) > 20000. Of all
-- messages, because the planner learns from an index how few they are, and would take them for a third otherwise.

-- migrate:no-transaction
create index concurrently contact_submissions_message_length on contact_submissions (octet_length(message));
