-- Takes away 0110's index on time, all of which 0520's serves.

drop index if exists contact_submissions_time;
