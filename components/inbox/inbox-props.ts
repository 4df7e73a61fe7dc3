import type { ReactNode } from "react";
import type { Count } from "@/lib/desk/count";
import type { Loaded } from "@/lib/desk/load";
import type { FixedDays } from "@/lib/filter/days";
import type { ContactFilter } from "@/lib/filter/filter";
import type { FilterProblem } from "@/lib/filter/url";
import type { Facet } from "@/lib/list/facets";
import type { InboxRow } from "./row";

/** What the page passes to the inbox. */
export type InboxProps = {
  filter: ContactFilter;
  /** The filter's days as they are today; those of the filter may be relative. */
  days: FixedDays;
  /** The page's cursor in the address. Together with the filter it identifies the list. */
  page: { after?: string; before?: string };
  rows: InboxRow[];
  next: string | null;
  previous: string | null;
  problems: FilterProblem[];
  /** Whether the filter was too broad. Then there are no rows, and the facets ignore its insight conditions. */
  tooBroad: boolean;
  /** Whether only the first contacts in the order were searched, so that others may match too. */
  partial: boolean;
  /** The contact open beside the list, and its panel. */
  open: string | null;
  panel: ReactNode;
  matching: Promise<Loaded<Count>>;
  total: Promise<Loaded<Count>>;
  facets: Promise<Loaded<Facet[]>>;
  zone: string;
  /** When the server rendered this; ages are relative to it. */
  now: Date;
};
