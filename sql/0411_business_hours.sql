-- When the desk works, and within how much of that time a first answer is due.

-- Null is what lib/desk/response-targets.ts says. The version counts saves, so that of two who edit at once the second is told.
alter table desk_settings
  add column business_week jsonb,
  add column response_targets jsonb,
  add column version integer not null default 1;
