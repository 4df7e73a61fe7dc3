-- Serves insights=malformed, under every order and with everything else: insights_problem(…) = 'malformed'. Of very many
-- contacts they are few, and all others cost a write no more than the question.

-- migrate:no-transaction
create index concurrently contact_submissions_malformed on contact_submissions ("timestamp" desc, id desc)
where insights_problem(document_insights) = 'malformed';
