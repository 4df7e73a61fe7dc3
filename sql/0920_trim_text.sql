-- A text without the blanks and invisible characters around it: lib/text/visible-text.ts has the same as trimText, and says which
-- characters those are. Addresses are compared after it. What belongs to the last letter or emoji stays: a variation selector.
-- Most texts begin and end with a plain character, and are told by those two alone. It is written without a search path of its own,
-- so that the planner can put its expression in place of a call; that names only what every database has. Never raises.

create function trim_text(given text) returns text
  language sql immutable parallel safe
  return case
    when ascii(given) >= 33 and ascii(given) <= 126 and ascii(right(given, 1)) >= 33 and ascii(right(given, 1)) <= 126
    then given
    when given is null then null
    else coalesce(substring((given collate "C") from
      '(?=[^\u0001-\u0020\u007f-\u00a0\u00ad\u034f\u061c\u115f\u1160\u1680\u17b4\u17b5\u180b-\u180f\u2000-\u200f\u2028-\u202f\u205f-\u206f\u2800\u3000\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]).*(?:[^\u0001-\u007e\u007f-\u00a0\u00ad\u034f\u061c\u115f\u1160\u1680\u17b4\u17b5\u180b-\u180f\u2000-\u200f\u2028-\u202f\u205f-\u206f\u2800\u3000\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff][\u180b-\u180d\u180f\u200d\ufe00-\ufe0f\U000e0020-\U000e007f\U000e0100-\U000e01ef]+|[^\u0001-\u0020\u007f-\u00a0\u00ad\u034f\u061c\u115f\u1160\u1680\u17b4\u17b5\u180b-\u180f\u2000-\u200f\u2028-\u202f\u205f-\u206f\u2800\u3000\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff])'), '')
  end;

-- The website's INSERT evaluates it under its own role, whatever default privileges an installation has.
grant execute on function trim_text(text) to public;
