-- Takes away the indexes whose place 0910 to 0915 take: of words, letters and folded letters. Where those wait for pg_trgm, so
-- does this.

-- migrate:needs-operator-class gin_trgm_ops
drop index if exists contact_submissions_words;
drop index if exists contact_submissions_letters;
drop index if exists contact_submissions_folding_letters;

-- As in 0555, for the indexes that are there now.
create or replace function clear_pending_words() returns bigint
  language sql security definer set search_path = pg_catalog, pg_temp as $$
  select coalesce(gin_clean_pending_list(to_regclass('public.contact_submissions_folded_words')), 0)
    + coalesce(gin_clean_pending_list(to_regclass('public.contact_submissions_ascii_words')), 0);
$$;
