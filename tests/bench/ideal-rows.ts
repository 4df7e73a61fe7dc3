import { statusOrder } from "@/lib/contact/status";
import type { Sort } from "@/lib/filter/filter";
import { documentsNumber } from "@/lib/filter/sql/insight-values";
import type { Statement } from "./capture";

/** What a row of the list shows: the contact's columns and the types of its documents. */
const columns = `c.id, c.name, c.email, c.company, c.service, left(c.message, 300) as message, c.status, c.version,
  c."timestamp", c.source,
  array(select d.document_type from documents d where d.contact_id = c.id order by d.upload_timestamp, d.id) as types`;

const people = "collate desk_people";
const rank = `coalesce(array_position(array[${statusOrder.map((status) => `'${status}'`).join(", ")}], c.status::text), 99)`;

/** The keys of an order, each with its direction. */
const orders: Partial<Record<Sort, [key: string, direction: "asc" | "desc"][]>> = {
  "-timestamp": [[`c."timestamp"`, "desc"]],
  timestamp: [[`c."timestamp"`, "asc"]],
  name: [[`c.name ${people}`, "asc"]],
  company: [[`coalesce(c.company, '') ${people}`, "asc"]],
  status: [
    [rank, "asc"],
    [`c."timestamp"`, "desc"],
  ],
  "-documents": [
    [documentsNumber.sql, "desc"],
    [`c."timestamp"`, "desc"],
  ],
};

/**
 * The candidates for the best statement of a page's rows: along the order's index until 50 match, and all that match, put
 * in order afterwards. Which is better depends on how rare the rows are; the ideal is whichever is.
 */
export function idealRows(condition: string, sort: Sort): Statement[] {
  const keys = orders[sort] ?? [];
  const last = keys.at(-1)?.[1] ?? "asc";
  const by = [...keys.map(([key, direction]) => `${key} ${direction}`), `c.id ${last}`].join(", ");
  const names = keys.map(([key], index) => `${key} as key_${index}`).join(", ");
  const byNames = [...keys.map(([_key, direction], index) => `key_${index} ${direction}`), `id ${last}`].join(", ");
  return [
    { text: `select ${columns} from contact_submissions c where ${condition} order by ${by} limit 50`, values: [] },
    {
      text: `
        with found as materialized (select c.id, ${names} from contact_submissions c where ${condition} offset 0),
        page as materialized (select * from found order by ${byNames} limit 50)
        select ${columns} from page join contact_submissions c using (id) order by ${by}`,
      values: [],
    },
  ];
}

/** The page behind a row of the list without a filter, by time and by name. */
export function idealDeepRows(sort: "-timestamp" | "name", key: string, id: string): Statement {
  const position =
    sort === "name"
      ? `(c.name ${people}, c.id) > ($1::text ${people}, $2)`
      : `(c."timestamp", c.id) < ($1::timestamptz, $2)`;
  const [first] = idealRows(position, sort);
  return { text: first?.text ?? "", values: [key, id] };
}
