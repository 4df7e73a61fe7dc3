-- Our columns on the website's table: constant defaults or null, so that no row is rewritten and the lock is brief.

alter table contact_submissions
  add column version integer not null default 1,
  add column assignee_id uuid,
  add column snoozed_until timestamptz,
  add column first_contacted_at timestamptz,
  add constraint contact_submissions_assignee_id_fkey foreign key (assignee_id) references staff (id) not valid;
