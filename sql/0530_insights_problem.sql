-- What is wrong with insights, for the filter's `insights=missing` and `insights=malformed`: null where every part is sound,
-- 'malformed' where something is there and not as it should be, else 'missing'. lib/filter/fields.ts says what that means.
-- Never raises, whatever is stored: numbers are looked at only once they are numbers.

create function insights_problem(insights jsonb) returns text
  language plpgsql immutable parallel safe cost 300 set search_path = pg_catalog, pg_temp as $$
declare
  blank constant jsonb[] := array['null', '""', '"Not specified"'];
  analysis constant jsonb := coalesce(insights -> 'content_analysis', 'null');
  part jsonb;
  top jsonb;
  missing boolean := false;
begin
  -- As the website writes them, before anything is analysed.
  if insights is null or insights in ('{}', 'null') then
    return 'missing';
  end if;
  if jsonb_typeof(insights) <> 'object' or (jsonb_typeof(analysis) <> 'object' and analysis <> all (blank)) then
    return 'malformed';
  end if;

  part = coalesce(insights -> 'total_documents', 'null');
  if part = any (blank) then
    missing = true;
  elsif (case when jsonb_typeof(part) = 'number' then part::numeric not between 0 and 1000000 else true end) then
    return 'malformed';
  end if;

  part = coalesce(analysis -> 'complexity_score', 'null');
  if part = any (blank) then
    missing = true;
  elsif (case when jsonb_typeof(part) = 'number' then part::numeric not between 0 and 1 else true end) then
    return 'malformed';
  end if;

  part = coalesce(analysis -> 'primary_language', 'null');
  if part = any (blank) then
    missing = true;
  elsif jsonb_typeof(part) <> 'string' or length(part #>> '{}') > 100 then
    return 'malformed';
  end if;

  part = coalesce(analysis -> 'confidence_level', 'null');
  if part = any (blank) then
    missing = true;
  elsif part not in ('"high"', '"medium"', '"low"') then
    return 'malformed';
  end if;

  -- Older rows have it at the top.
  part = coalesce(analysis -> 'has_business_content', 'null');
  if jsonb_typeof(part) <> 'boolean' then
    top = coalesce(insights -> 'has_business_content', 'null');
    if part = any (blank) and top = any (blank) then
      missing = true;
    elsif jsonb_typeof(top) <> 'boolean' then
      return 'malformed';
    end if;
  end if;

  part = coalesce(insights -> 'document_types', 'null');
  if part = any (blank) then
    missing = true;
  -- Strict, because a lax path would look inside nested lists; asked only of lists, so that it cannot raise.
  elsif (case when jsonb_typeof(part) = 'array' then jsonb_path_exists(part,
      'strict $[*] ? (!(@.type() == "string" && @ != "" && @ != "Not specified"))', '{}', true) else true end) then
    return 'malformed';
  end if;

  return case when missing then 'missing' end;
end $$;

-- The website's INSERT asks it under its own role, whatever default privileges an installation has.
grant execute on function insights_problem(jsonb) to public;
