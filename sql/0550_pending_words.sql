-- Lets 16 MB of entries wait beside the index of words (0260) in place of 4: about 4,500 contacts. Whoever's INSERT fills it
-- has to put it all in, and that was a visitor in 1,100, for 130 to 160 ms; now lib/database/pending-words.ts comes before.
-- Not more, because every search reads what waits: at a million contacts a rare word took 21 ms with nothing waiting, 26 with
-- 1,000 contacts, 50 with 5,000, 55 to 80 with 10,000, 90 to 115 with 20,000; a dearer one went from 105 beyond 150 at 10,000.
-- Takes the index from everybody for a moment, as the runner's lock timeout allows. Where 0260 waits for pg_trgm, so does this.

-- migrate:needs-operator-class gin_trgm_ops
alter index if exists contact_submissions_words set (gin_pending_list_limit = 16384);
