-- Serves documents=3-, documents=1-3 and the sort by documents: the number where it is a sane one, -1 where it is not.
-- A number of 12,000 digits, 1e400 or 'five' is indexed as -1 and fails no insert.

-- migrate:no-transaction
create index concurrently contact_submissions_documents on contact_submissions (
  coalesce(
    case when jsonb_typeof(document_insights -> 'total_documents') = 'number'
      and (document_insights -> 'total_documents')::numeric between 0 and 1000000
    then round((document_insights -> 'total_documents')::numeric, 6) end,
    -1) desc,
  "timestamp" desc, id desc);
