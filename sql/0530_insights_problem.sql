-- What is wrong with insights, for the filter's `insights=missing` and `insights=malformed`: null where every part is sound,
-- 'malformed' where something is there and not as it should be, else 'missing'. lib/filter/fields.ts says what that means.
-- Never raises, whatever is stored: numbers are looked at only once they are numbers, and only a list's items.

create function insights_problem(insights jsonb) returns text
  language plpgsql immutable parallel safe cost 300 set search_path = pg_catalog, pg_temp as $$
declare
  blank constant jsonb[] := array['null', '""', '"Not specified"'];
  analysis constant jsonb := coalesce(insights -> 'content_analysis', 'null');
  documents constant jsonb := coalesce(insights -> 'total_documents', 'null');
  types constant jsonb := coalesce(insights -> 'document_types', 'null');
  language constant jsonb := coalesce(analysis -> 'primary_language', 'null');
  confidence constant jsonb := coalesce(analysis -> 'confidence_level', 'null');
  complexity constant jsonb := coalesce(analysis -> 'complexity_score', 'null');
  nested constant jsonb := coalesce(analysis -> 'has_business_content', 'null');
  older constant jsonb := coalesce(insights -> 'has_business_content', 'null');
  sound_documents boolean;
  sound_types boolean;
  sound_language boolean;
  sound_confidence boolean;
  sound_complexity boolean;
  sound_business boolean;
begin
  -- As the website writes them, before anything is analysed.
  if insights is null or insights in ('{}', 'null') then
    return 'missing';
  end if;
  sound_documents = case when jsonb_typeof(documents) = 'number' then documents::numeric between 0 and 1000000 else false end;
  -- Strict, because a lax path would look inside nested lists.
  sound_types = case when jsonb_typeof(types) = 'array' then not jsonb_path_exists(types,
    'strict $[*] ? (!(@.type() == "string" && @ != "" && @ != "Not specified"))', '{}', true) else false end;
  sound_language = jsonb_typeof(language) = 'string' and language <> '"Not specified"'
    and length(language #>> '{}') between 1 and 100;
  sound_confidence = confidence in ('"high"', '"medium"', '"low"');
  sound_complexity = case when jsonb_typeof(complexity) = 'number' then complexity::numeric between 0 and 1 else false end;
  sound_business = jsonb_typeof(nested) = 'boolean' or jsonb_typeof(older) = 'boolean';
  return case
    when sound_documents and sound_types and sound_language and sound_confidence and sound_complexity and sound_business
      then null
    when jsonb_typeof(insights) = 'object' and (jsonb_typeof(analysis) = 'object' or analysis = any (blank))
      and (sound_documents or documents = any (blank))
      and (sound_types or types = any (blank))
      and (sound_language or language = any (blank))
      and (sound_confidence or confidence = any (blank))
      and (sound_complexity or complexity = any (blank))
      and (sound_business or (nested = any (blank) and older = any (blank)))
      then 'missing'
    else 'malformed'
  end;
end $$;

-- The website's INSERT may ask it under its own role, whatever default privileges an installation has.
grant execute on function insights_problem(jsonb) to public;
