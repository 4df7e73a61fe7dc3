-- The plain index on email, for whoever asks `where email = …` beside the desk, which asks by 0170. Only where Contact Desk makes the
-- tables: an installation has indexes of its own, and a second one would cost each of its inserts.

do $$
begin
  if exists (select from found_at_adoption where kind = 'database' and name = 'made')
    and not exists (select from contact_submissions)
  then
    create index contact_submissions_plain_email on contact_submissions (email);
  end if;
end $$;
