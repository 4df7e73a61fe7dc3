-- What is wrong with insights, for the filter's `insights=missing` and `insights=malformed`. lib/filter/fields.ts says what
-- those mean. Neither raises, whatever is stored: numbers are compared as JSON, and only a list's items are looked at.

-- Whether every part is there and as it should be; null is as good as no. What is most often absent is asked first, and said
-- to be false: after a null the rest would be asked too. One expression whose names are bound here and now: the planner
-- writes it out where it is asked, which costs a third of a call.
create function insights_are_sound(insights jsonb) returns boolean language sql immutable parallel safe
return (insights -> 'content_analysis' -> 'complexity_score' between '0' and '1') is true
  and (insights -> 'total_documents' between '0' and '1000000') is true
  and insights -> 'content_analysis' ->> 'confidence_level' in ('high', 'medium', 'low')
  and jsonb_typeof(insights -> 'content_analysis' -> 'primary_language') = 'string'
  and insights -> 'content_analysis' ->> 'primary_language' not in ('', 'Not specified')
  and length(insights -> 'content_analysis' ->> 'primary_language') <= 100
  and 'boolean' in (jsonb_typeof(insights -> 'content_analysis' -> 'has_business_content'),
    jsonb_typeof(insights -> 'has_business_content'))
  and case when jsonb_typeof(insights -> 'document_types') = 'array'
    -- Strict, because a lax path would look inside nested lists.
    then not jsonb_path_exists(insights -> 'document_types',
      'strict $[*] ? (!(@.type() == "string" && @ != "" && @ != "Not specified"))', '{}', true) end;

-- Null where they are sound, 'malformed' where something is there and not as it should be, else 'missing'. This one is called:
-- an index asks it (0535), and written out there it would be made ready again for every INSERT of the website, 0.15 ms.
create function insights_problem(insights jsonb) returns text
  language plpgsql immutable parallel safe cost 300 set search_path = pg_catalog, pg_temp as $$
begin
  return case
    -- As the website writes them, before anything is analysed.
    when insights is null or insights in ('{}', 'null') then 'missing'
    when public.insights_are_sound(insights) then null
    -- Each part again: sound, or nothing at all.
    when jsonb_typeof(insights) = 'object'
      and (jsonb_typeof(insights -> 'content_analysis') = 'object'
        or coalesce(insights ->> 'content_analysis', '') in ('', 'Not specified'))
      and (coalesce(insights -> 'content_analysis' ->> 'complexity_score', '') in ('', 'Not specified')
        or insights -> 'content_analysis' -> 'complexity_score' between '0' and '1')
      and (coalesce(insights ->> 'total_documents', '') in ('', 'Not specified')
        or insights -> 'total_documents' between '0' and '1000000')
      and coalesce(insights -> 'content_analysis' ->> 'confidence_level', '') in ('', 'Not specified', 'high', 'medium', 'low')
      and (coalesce(insights -> 'content_analysis' ->> 'primary_language', '') in ('', 'Not specified')
        or (jsonb_typeof(insights -> 'content_analysis' -> 'primary_language') = 'string'
          and length(insights -> 'content_analysis' ->> 'primary_language') <= 100))
      and ((coalesce(insights -> 'content_analysis' ->> 'has_business_content', '') in ('', 'Not specified')
          and coalesce(insights ->> 'has_business_content', '') in ('', 'Not specified'))
        or 'boolean' in (jsonb_typeof(insights -> 'content_analysis' -> 'has_business_content'),
          jsonb_typeof(insights -> 'has_business_content')))
      and case when jsonb_typeof(insights -> 'document_types') = 'array'
        then not jsonb_path_exists(insights -> 'document_types',
          'strict $[*] ? (!(@.type() == "string" && @ != "" && @ != "Not specified"))', '{}', true)
        else coalesce(insights ->> 'document_types', '') in ('', 'Not specified') end
      then 'missing'
    else 'malformed'
  end;
end $$;

-- The website's INSERT may ask them under its own role, whatever default privileges an installation has.
grant execute on function insights_are_sound(jsonb), insights_problem(jsonb) to public;
