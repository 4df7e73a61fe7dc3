import { compareRows, noteOf } from "./ask-rows";
import { toFilter } from "./filters";
import { idealRows } from "./ideal-rows";
import type { Question } from "./line";
import type { World } from "./world";

const alone = { limit: 150, bar: "150 ms" };
const script = { limit: 50, bar: "50 ms" };
const short = { limit: 500, bar: "500 ms, or from the newest" };
const filtered = { limit: 300, bar: "300 ms with a filter" };

type Asked = {
  words: string;
  kind: string;
  limit: number;
  bar: string;
  with?: { url: string; sql: string };
  /** In the order "best match". No one statement is its ideal, because it looks only so far (docs/decisions/30). */
  best?: true;
};

const status = { url: "status=new", sql: "c.status = 'new'" };
const type = { url: "type=pdf", sql: `c.document_insights @> '{"document_types":["pdf"]}'` };

const asked: Asked[] = [
  { words: "kubernetes", kind: "common", ...alone },
  { words: "ernet", kind: "part of a word", ...alone },
  { words: "backlinks", kind: "mid", ...alone },
  { words: "priya", kind: "mid, a name", ...alone },
  { words: "zephyrium", kind: "rare or absent", ...alone },
  { words: "xqjvanished", kind: "absent", ...alone },
  { words: "mei", kind: "three letters", ...alone },
  { words: "xqj", kind: "three letters, absent", ...alone },
  { words: "tanaka@", kind: "e-mail fragment", ...alone },
  { words: "@promo.example", kind: "e-mail fragment", ...alone },
  { words: "yuki.tanaka12@", kind: "e-mail fragment", ...alone },
  { words: "cloud migration", kind: "two words", ...alone },
  { words: '"zero downtime"', kind: "phrase", ...alone },
  { words: "山", kind: "one character", ...script },
  { words: "🚀", kind: "an emoji", ...script },
  { words: "☃", kind: "a symbol, absent", ...script },
  { words: "ku", kind: "two letters", ...short },
  { words: "zq", kind: "two letters, absent", ...short },
  { words: "e", kind: "one letter", ...short },
  { words: "%", kind: "itself", ...short },
  { words: "_", kind: "itself", ...short },
  { words: "kubernetes", kind: "common", ...filtered, with: status },
  { words: "priya", kind: "mid", ...filtered, with: type },
  { words: "xqjvanished", kind: "absent", ...filtered, with: status },
  { words: "kubernetes", kind: "common", ...alone, best: true },
  { words: "ernet", kind: "part of a word", ...alone, best: true },
  { words: "backlinks", kind: "mid", ...alone, best: true },
  { words: "priya", kind: "mid, a name", ...alone, best: true },
  { words: "zephyrium", kind: "rare or absent", ...alone, best: true },
  { words: "cloud migration", kind: "two words", ...alone, best: true },
  { words: '"zero downtime"', kind: "phrase", ...alone, best: true },
  { words: "kubernetes", kind: "common", ...filtered, with: status, best: true },
];

/** Words in name, e-mail address, company and message: common, rare, absent, short, of other scripts. */
export function wordQuestions(world: World): Question[] {
  return asked.map(({ words, kind, limit, bar, with: filter, best }) => ({
    group: "words",
    name: `q=${words}, ${kind}${filter ? `, ${filter.url}` : ""}${best ? ", best match" : ""}`,
    ask: async () => {
      const url = `q=${encodeURIComponent(words)}${filter ? `&${filter.url}` : ""}${best ? "&sort=best" : ""}`;
      const rest = filter ? ` and ${filter.sql}` : "";
      const finds = best ? [] : [inColumns, inIndex];
      const candidates = finds.flatMap((find) => idealRows(findAll(words, find) + rest, "-timestamp"));
      const compared = await compareRows(world, toFilter(url), candidates);
      const { ours, ideal } = compared;
      return {
        ours,
        ideal,
        unit: "ms",
        bar,
        met: ours.p95 <= limit,
        note: best ? `${compared.rows} rows` : noteOf(compared),
      };
    },
  }));
}

type Find = (word: string) => string;

/** Every word of a search, or its one phrase. */
function findAll(words: string, find: Find): string {
  const parts = words.startsWith('"') ? [words.slice(1, -1)] : words.split(" ");
  return parts.map(find).join(" and ");
}

const patternOf = (word: string) => `'%${word.replace(/[\\%_]/g, "\\$&")}%'`;
const columns = ["c.name", "c.email", "c.company", "c.message"];

/** As somebody would ask without any index: for common words, which are soon met among the newest rows. */
function inColumns(word: string): string {
  return `(${columns.map((column) => `${column} ilike ${patternOf(word)}`).join(" or ")})`;
}

const indexed =
  "c.name || chr(31) || c.email || chr(31) || coalesce(c.company, '') || chr(31) || left(c.message, 20000)";

const folded = "contact_words(c.name, c.email, c.company, c.message)";
const beyondAscii = `${indexed} ~ '[^\\u0001-\\u007f]'`;

/** By the expressions of sql/0910 to 0915. No generated message is longer than they look, and no word asked is folded. */
function inIndex(word: string): string {
  const letters = [...word].filter((letter) => letter > "\u007f");
  const list = letters.map((letter) => `'${letter}'`).join(", ");
  const found = `${beyondAscii} and ${folded} like ${patternOf(word)}`;
  if (letters.length > 0)
    return `(contact_letters(c.name, c.email, c.company, c.message) @> array[${list}] and ${found})`;
  return `((${indexed} !~ '[^\\u0001-\\u007f]' and (${indexed}) ilike ${patternOf(word)}) or (${found}))`;
}
