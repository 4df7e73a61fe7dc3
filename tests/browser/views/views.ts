import type { Browser, Page } from "playwright/test";
import { query, signInAs } from "../sign-in";

/** A page of a browser of their own. */
export async function openAs(browser: Browser, staff: { id: string }, path: string): Promise<Page> {
  const context = await browser.newContext({ baseURL: process.env.BASE_URL });
  await signInAs(context, staff);
  const page = await context.newPage();
  await page.goto(path);
  return page;
}

/** Stores a view and returns its id. Without columns, the list shows each person's own. */
export async function addView(
  owner: { id: string },
  name: string,
  filter: string,
  { shared = false, columns = null }: { shared?: boolean; columns?: string | null } = {},
): Promise<string> {
  const rows = await query<{ id: string }>(
    `insert into views (owner_id, name, filter, shared, columns, position)
     select $1, $2, $3, $4, $5, coalesce(max(position), 0) + 1 from views returning id`,
    [owner.id, name, filter, shared, columns],
  );
  return rows[0]?.id ?? "";
}

/** The views in the sidebar. */
export const list = (page: Page) => page.getByRole("navigation", { name: "Views" });
/** The button that names the view the list started from, and opens its menu. */
export const viewButton = (page: Page) => page.getByRole("button", { name: /^View: / });

/** Runs one command of the menu of the view that the list started from. */
export async function choose(page: Page, item: string): Promise<void> {
  await viewButton(page).click();
  await page.getByRole("menuitem", { name: item, exact: true }).click();
}
