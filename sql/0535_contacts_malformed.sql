-- Serves insights=malformed, under every order and with everything else: document_insights <> '{}' and
-- insights_problem(…) = 'malformed'. Of very many contacts they are few. The first part spares the website's INSERT the second.

-- migrate:no-transaction
create index concurrently contact_submissions_malformed on contact_submissions ("timestamp" desc, id desc)
where document_insights <> '{}' and insights_problem(document_insights) = 'malformed';
