-- Serves filters of two and more conditions, and their counts: contact_terms(…) @@ 'l:en & x:' ….

-- migrate:no-transaction
create index concurrently contact_submissions_terms on contact_submissions using gin (
  contact_terms(status, service, source, document_insights));
