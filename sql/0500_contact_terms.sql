-- What a contact can be filtered by, as terms of one index (0505): conditions that many rows meet and few meet together
-- are answered without reading what each of them has alone. lib/filter/terms.ts asks for them, and says what must hold.
-- Never raises, whatever is stored: numbers are bounded before they are cast, texts and lists before they are terms.

create function contact_terms(status text, service text, source text, insights jsonb) returns tsvector
  -- The cost keeps the planner from making terms of every row in place of asking the index.
  language plpgsql immutable parallel safe cost 1000 set search_path = pg_catalog, pg_temp as $$
declare
  analysis constant jsonb := insights -> 'content_analysis';
  types constant jsonb := insights -> 'document_types';
  part jsonb;
  number numeric;
  step integer;
  -- One character more than the longest that can be asked for, so that a longer one is another term.
  terms text[] := array[
    's:' || coalesce(left(nullif(status, 'Not specified'), 256), ''),
    'v:' || coalesce(left(nullif(service, 'Not specified'), 256), ''),
    'o:' || coalesce(left(nullif(source, 'Not specified'), 256), '')];
  complete boolean := true;
begin
  part = insights -> 'total_documents';
  number = case when jsonb_typeof(part) = 'number' then part::numeric end;
  if number between 0 and 1000000 then
    step = least(floor(round(number, 6)), 10);
    terms = terms || ('d:' || step);
    for reached in 0 .. step loop
      terms = terms || ('D:' || reached);
    end loop;
  else
    terms = terms || 'd:'::text;
    complete = false;
  end if;

  part = analysis -> 'complexity_score';
  number = case when jsonb_typeof(part) = 'number' then part::numeric end;
  if number between 0 and 1 then
    step = least(floor(round(number, 6) * 50), 49);
    terms = terms || ('x:' || step);
    for reached in 0 .. step / 5 loop
      terms = terms || ('X:' || reached);
    end loop;
  else
    terms = terms || 'x:'::text;
    complete = false;
  end if;

  part = analysis -> 'primary_language';
  if jsonb_typeof(part) = 'string' and part not in ('""', '"Not specified"') and length(part #>> '{}') <= 100 then
    terms = terms || ('l:' || (part #>> '{}'));
  else
    terms = terms || 'l:'::text;
    complete = false;
  end if;

  part = analysis -> 'confidence_level';
  if part in ('"high"', '"medium"', '"low"') then
    terms = terms || ('c:' || (part #>> '{}'));
  else
    terms = terms || 'c:'::text;
    complete = false;
  end if;

  part = analysis -> 'has_business_content';
  if jsonb_typeof(part) is distinct from 'boolean' then
    part = insights -> 'has_business_content';
  end if;
  if jsonb_typeof(part) = 'boolean' then
    terms = terms || ('b:' || (part #>> '{}'));
  else
    terms = terms || 'b:'::text;
    complete = false;
  end if;

  if jsonb_typeof(types) is distinct from 'array' then
    terms = terms || 't:'::text;
    complete = false;
  elsif jsonb_array_length(types) > 40 then
    -- More would be too much for one contact: that there are so many is all that is told, of completeness too.
    return array_to_tsvector(terms || 't*'::text);
  else
    step = 0;
    for part in select jsonb_array_elements(types) loop
      if jsonb_typeof(part) = 'string' and part not in ('""', '"Not specified"') then
        step = step + 1;
        terms = terms || ('t:=' || left(part #>> '{}', 101));
      else
        complete = false;
      end if;
    end loop;
    if step = 0 then
      terms = terms || 't:'::text;
    end if;
  end if;
  if not complete then
    terms = terms || 'i:missing'::text;
  end if;
  return array_to_tsvector(terms);
end $$;

-- The website's INSERT makes them under its own role, whatever default privileges an installation has.
grant execute on function contact_terms(text, text, text, jsonb) to public;
