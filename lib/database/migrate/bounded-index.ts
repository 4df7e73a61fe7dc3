import type pg from "pg";
import { websiteTables } from "../leave/made-objects";

/** Characters of a text that an index holds: 4 bytes each at most, of the 2,704 that a b-tree's entry may have. */
const indexedCharacters = 255;

const btree = /^create index concurrently (?:if not exists )?\w+\s+on (\w+)\s*\(/i;

/**
 * The statement that builds a b-tree, with texts of any length cut to their first 255 characters. A longer one would
 * not fit into the index, and the website's insert would fail. Ids stay whole, because the table's key bounds them
 * already. Every other statement is returned as it is, and so is every index over the columns that sql/0010 makes.
 */
export async function boundIndex(client: pg.ClientBase, statement: string): Promise<string> {
  const [head = "", table = ""] = btree.exec(statement) ?? [];
  if (!websiteTables.includes(table)) return statement;
  const { rows } = await client.query<{ name: string }>(
    `select attname::text as name from pg_attribute
     where attrelid = to_regclass('public.' || quote_ident($1)) and attnum > 0 and not attisdropped
       and attname not in ('id', 'contact_id')
       and (atttypid = 'text'::regtype or atttypid = 'varchar'::regtype and atttypmod not between 0 and $2::integer + 4)`,
    [table, indexedCharacters],
  );
  const columns = rows.map(({ name }) => name);
  const end = closing(statement, head.length);
  const keys = statement.slice(head.length, end);
  return head + cutColumns(keys, columns) + withoutIncluded(statement.slice(end), columns);
}

/** `status` becomes `left(status, 255)`, unless it already stands in a function that bounds it. */
function cutColumns(keys: string, columns: string[]): string {
  return keys.replaceAll(/(?<!\b(?:left|octet_length)\()\b[a-z_]+\b/g, (word) =>
    columns.includes(word) ? `left(${word}, ${indexedCharacters})` : word,
  );
}

/** An index may only carry whole columns, so a long one is left out. */
function withoutIncluded(rest: string, columns: string[]): string {
  return rest.replace(/^(\)\s*)include \(([^)]*)\)/i, (_all, before: string, list: string) => {
    const carried = list.split(/,\s*/).filter((column) => !columns.includes(column));
    return carried.length ? `${before}include (${carried.join(", ")})` : before;
  });
}

/** Where the parenthesis that is open at `from` closes. */
function closing(text: string, from: number): number {
  let depth = 1;
  for (let at = from; at < text.length; at++) {
    if (text[at] === "(") depth += 1;
    if (text[at] === ")") depth -= 1;
    if (depth === 0) return at;
  }
  return text.length;
}
