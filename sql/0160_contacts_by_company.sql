-- Serves sort=company and sort=-company: order by coalesce(company, '') collate desk_people, id.

-- migrate:no-transaction
create index concurrently contact_submissions_company on contact_submissions (coalesce(company, '') collate desk_people, id);
