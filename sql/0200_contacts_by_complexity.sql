-- Serves complexity=0.5-1: the score where it is a sane one, else null.

-- migrate:no-transaction
create index concurrently contact_submissions_complexity on contact_submissions (
  (case when jsonb_typeof(document_insights -> 'content_analysis' -> 'complexity_score') = 'number'
    and (document_insights -> 'content_analysis' -> 'complexity_score')::numeric between 0 and 1
  then round((document_insights -> 'content_analysis' -> 'complexity_score')::numeric, 6) end));
