import { describeDatabaseError } from "@/lib/database/errors";
import { emptyFilter } from "@/lib/filter/filter";
import { printCursor } from "@/lib/list/cursor";
import { listContacts } from "@/lib/list/queries";
import { viewerIn } from "../viewer";
import { type Compared, compareRows, meetsPageBar, noteOf } from "./ask-rows";
import { listConditions, toFilter } from "./filters";
import { idealDeepRows, idealRows } from "./ideal-rows";
import type { Answer, Question } from "./line";
import { clockOften } from "./measure";
import type { World } from "./world";

const bar = "1.5 x ideal + 2 ms, 50 ms";

/** Rows of a page: newest, each single filter, page 10,000 by time and name, and a path that no index serves. */
export function pageQuestions(world: World): Question[] {
  const singles = listConditions(world.today, world.zone).map(({ url, sql }) => ({
    group: "rows",
    name: url,
    ask: async () => toAnswer(await compareRows(world, toFilter(url), idealRows(sql, "-timestamp"))),
  }));
  return [
    {
      group: "rows",
      name: "newest",
      ask: async () => toAnswer(await compareRows(world, emptyFilter, idealRows("true", "-timestamp"))),
    },
    ...singles,
    deepQuestion(world, "-timestamp"),
    deepQuestion(world, "name"),
    broadQuestion(world, "insight=content_analysis.complexity_score:gt:0.5"),
    broadQuestion(world, "insight=content_analysis.nothing:exists"),
  ];
}

function toAnswer(compared: Compared): Answer {
  const { ours, ideal } = compared;
  return { ours, ideal, unit: "ms", bar, met: meetsPageBar(compared), note: noteOf(compared) };
}

function deepQuestion(world: World, sort: "-timestamp" | "name"): Question {
  return {
    group: "rows",
    name: `page 10,000, sort=${sort}`,
    ask: async () => {
      const skipped = Math.min(499_950, Math.floor(world.contacts / 2));
      const key = sort === "name" ? "name" : '"timestamp"::text';
      const order = sort === "name" ? "name collate desk_people, id" : '"timestamp" desc, id desc';
      const { rows } = await world.client.query<{ key: string; id: string }>(
        `select ${key} as key, id from contact_submissions order by ${order} offset $1 limit 1`,
        [skipped - 1],
      );
      const position = { section: 0, keys: [rows[0]?.key ?? ""], id: rows[0]?.id ?? "" };
      const ideal = idealDeepRows(sort, position.keys[0] ?? "", position.id);
      const after = printCursor(sort, position);
      const compared = await compareRows(world, { ...emptyFilter, sort }, [ideal], { after });
      return { ...toAnswer(compared), note: `behind row ${skipped.toLocaleString("en-GB")}` };
    },
  };
}

/** No index can serve it: rows within a second, or the page says that it is too broad. By the clock, limit included. */
function broadQuestion(world: World, url: string): Question {
  return {
    group: "rows",
    name: url,
    ask: async () => {
      let given = "";
      const ours = await clockOften(Math.min(world.repeat, 3), async () => {
        try {
          given = `${(await listContacts(toFilter(url), viewerIn(world.zone))).rows.length} rows`;
        } catch (error) {
          if (describeDatabaseError(error).code !== "too_slow") throw error;
          given = "too broad: add a filter";
        }
      });
      return { ours, ideal: null, unit: "ms", bar: "1 s or said to be too broad", met: ours.p50 <= 1_100, note: given };
    },
  };
}
