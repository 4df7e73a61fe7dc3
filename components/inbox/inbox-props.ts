import type { ReactNode } from "react";
import type { Count } from "@/lib/desk/count";
import type { Loaded } from "@/lib/desk/load";
import type { ContactFilter } from "@/lib/filter/filter";
import type { FilterProblem } from "@/lib/filter/url";
import type { Facet } from "@/lib/list/facets";
import type { InboxRow } from "./row";

/** What the page gives the inbox to show. */
export type InboxProps = {
  filter: ContactFilter;
  /** The page's address without what is open beside it: the same scope is the same list. */
  page: { after?: string; before?: string };
  rows: InboxRow[];
  next: string | null;
  previous: string | null;
  problems: FilterProblem[];
  /** Whether the filter was given up: there are no rows, and the facets do not count the paths it asks for. */
  tooBroad: boolean;
  /** Whether only the first contacts of the order were looked through, and others may match too. */
  partial: boolean;
  /** The contact open beside the list, and what is shown of it. */
  open: string | null;
  panel: ReactNode;
  matching: Promise<Loaded<Count>>;
  total: Promise<Loaded<Count>>;
  facets: Promise<Loaded<Facet[]>>;
  zone: string;
  /** When the server rendered this, for ages. */
  now: Date;
};
