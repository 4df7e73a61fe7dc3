-- Serves page=…: left(page_url, 200) = …, beside page_url = …. The bound is for addresses of megabytes.

-- migrate:no-transaction
create index concurrently contact_submissions_page on contact_submissions (left(page_url, 200));
