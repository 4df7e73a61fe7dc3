import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { trimText } from "@/lib/text/visible-text";
import { oddText } from "@/tests/unit/text/odd-text";
import { openWorld } from "./change/change-world";

const world = openWorld();
afterAll(() => world.close());

async function trimInSql(texts: string[]): Promise<(string | null)[]> {
  const { rows } = await world.query(
    "select trim_text(given) as trimmed from unnest($1::text[]) with ordinality t (given, at) order by at",
    [texts],
  );
  return rows.map(({ trimmed }) => trimmed as string | null);
}

test("SQL trims a text as TypeScript does: every character, and any mixture of odd ones", async () => {
  const texts: string[] = [];
  // The planes in use, and the one of invisible characters with its neighbours.
  for (const [first, last] of [
    [1, 0xd7ff],
    [0xe000, 0x1ffff],
    [0xdff00, 0xe10ff],
  ] as const) {
    for (let code = first; code <= last; code++) texts.push(String.fromCodePoint(code));
  }
  texts.push(...fc.sample(oddText, { numRuns: 5_000, seed: 16 }).map((text) => text.replaceAll("\0", "")));
  expect(await trimInSql(texts)).toEqual(texts.map(trimText));
  const { rows } = await world.query("select trim_text(null) as nothing");
  expect(rows).toEqual([{ nothing: null }]);
});
