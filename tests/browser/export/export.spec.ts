import { readFile } from "node:fs/promises";
import { parse } from "csv-parse/sync";
import pg from "pg";
import type { Download, Page } from "playwright/test";
import { fromBufferPromise } from "yauzl";
import { openInbox } from "../inbox-contacts";
import { query, signInCookie, type TestStaff } from "../sign-in";
import { expect, findViolationsInBothThemes, test } from "../signed-in";

/** Two contacts; one name begins like a formula. */
const two = [{ name: "=Mara" }, { name: 'Zoë "Zo", junior' }];

async function readRows(download: Download): Promise<string[][]> {
  return parse(await readFile(await download.path()), { bom: true });
}

/** The link opens a page of its own, and that page gets the file. */
async function download(page: Page): Promise<Download> {
  const coming = new Promise<Download>((resolve) => {
    page.on("download", resolve);
    page.context().on("page", (opened) => opened.on("download", resolve));
  });
  await page.getByRole("dialog").getByRole("link", { name: "Download" }).click();
  return coming;
}

test("the list is taken away as a file: exactly its rows, in its order, with the columns that are chosen", async ({
  page,
  ada,
  make,
}) => {
  await openInbox(page, `${(await make(two)).href}&sort=timestamp`);

  await page.getByRole("button", { name: "Export" }).click();
  const dialog = page.getByRole("dialog", { name: "Export contacts" });
  await expect(dialog).toContainText("2 contacts that match the filter, in the order of the list.");
  await dialog.getByRole("button", { name: "None" }).click();
  await expect(dialog.getByRole("button", { name: "Choose a column" })).toBeDisabled();
  await dialog.getByRole("checkbox", { name: "Name" }).check();
  await dialog.getByRole("checkbox", { name: "Status" }).check();
  const file = await download(page);

  expect(file.suggestedFilename()).toMatch(/^Contact Desk contacts \d{4}-\d\d-\d\d\.csv$/);
  expect(await readRows(file)).toEqual([
    ["name", "status"],
    ['Zoë "Zo", junior', "new"],
    ["'=Mara", "new"],
  ]);
  await expect(dialog).toBeHidden();
  await expect(page.getByRole("link", { name: /junior/ }).first()).toBeVisible();
  await expect
    .poll(() => query("select outcome, matching, written from contact_exports where staff_id = $1", [ada.id]))
    .toEqual([{ outcome: "finished", matching: 2, written: 2 }]);
});

test("the kind of file and the columns are chosen once, and remembered with the person", async ({
  page,
  ada,
  make,
}) => {
  const { href } = await make(two);
  await openInbox(page, href);
  await page.getByRole("button", { name: "Export" }).click();
  const dialog = page.getByRole("dialog", { name: "Export contacts" });
  await expect(dialog.getByRole("radio", { name: "CSV with commas" })).toBeChecked();
  await dialog.getByRole("radio", { name: "CSV with semicolons" }).check();
  await expect(dialog.getByText("For spreadsheets in German, French")).toBeVisible();
  await dialog.getByRole("button", { name: "None" }).click();
  await dialog.getByRole("checkbox", { name: "Name" }).check();
  await dialog.getByRole("checkbox", { name: "Company" }).check();
  const lines = parse(await readFile(await (await download(page)).path()), { bom: true, delimiter: ";" });
  expect(lines.slice(0, 1)).toEqual([["name", "company"]]);
  expect(lines).toHaveLength(3);
  const kept = () => query("select preferences -> 'exportFormat' as format from staff where id = $1", [ada.id]);
  await expect.poll(kept).toEqual([{ format: "semicolon" }]);

  await openInbox(page, href);
  await page.getByRole("button", { name: "Export" }).click();
  await expect(dialog.getByRole("radio", { name: "CSV with semicolons" })).toBeChecked();
  expect(await dialog.getByRole("checkbox", { checked: true }).count()).toBe(2);
  await dialog.getByRole("radio", { name: "Excel workbook" }).check();
  const workbook = await download(page);
  expect(workbook.suggestedFilename()).toMatch(/contacts \d{4}-\d\d-\d\d\.xlsx$/);
  const archive = await fromBufferPromise(await readFile(await workbook.path()));
  expect(archive.entryCount).toBe(6);
});

test("without a filter the dialog speaks of the desk, and every column but the raw JSON is chosen", async ({
  page,
}) => {
  await openInbox(page, "/contacts");
  await page.getByRole("button", { name: "Export" }).click();
  const dialog = page.getByRole("dialog", { name: "Export contacts" });
  await expect(dialog).toContainText(/[\d,]+ contacts of the desk/);
  await expect(dialog.getByRole("checkbox", { name: "Insights as JSON" })).not.toBeChecked();
  expect(await dialog.getByRole("checkbox", { checked: false }).count()).toBe(1);
});

for (const [width, height] of [
  [1440, 900],
  [390, 844],
] as const) {
  test(`the dialog is accessible and fits at ${width} px in the light and in the dark`, async ({ page, make }) => {
    await page.setViewportSize({ width, height });
    // Among all contacts there may be news at any time, and on a phone its message moves what is beside it.
    await openInbox(page, (await make(two)).href);
    await page.getByRole("button", { name: "Export" }).click();
    await expect(page.getByRole("dialog").getByRole("link", { name: "Download" })).toBeVisible();
    expect(await findViolationsInBothThemes(page)).toEqual([]);
    const overhang = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overhang).toBe(0);
  });
}

test.describe("over HTTP", () => {
  async function cookieOf(person: TestStaff): Promise<string> {
    const { name, value } = await signInCookie(person.id);
    return `${name}=${value}`;
  }

  async function ask(path: string, person: TestStaff, init: RequestInit = {}): Promise<Response> {
    return fetch(`${process.env.BASE_URL}${path}`, { ...init, headers: { cookie: await cookieOf(person) } });
  }

  /** Connects as the application's role, because only that role may see and end its connections. */
  async function asApplication(sql: string): Promise<{ open: number }[]> {
    const client = new pg.Client({ connectionString: process.env.DATABASE_URL });
    await client.connect();
    try {
      return (await client.query(sql)).rows;
    } finally {
      await client.end();
    }
  }

  /** Nothing else of the application waits within a transaction. */
  const exporting = `from pg_stat_activity where datname = current_database() and usename = current_user
    and state = 'idle in transaction' and state_change < now() - interval '100 ms'`;

  async function countOpen(): Promise<number> {
    return (await asApplication(`select count(*)::int as open ${exporting}`))[0]?.open ?? -1;
  }

  const large: string[] = [];
  test.afterEach(() => query("delete from contact_submissions where service = any($1)", [large.splice(0)]));

  async function addLarge(): Promise<string> {
    const service = `Large ${crypto.randomUUID()}`;
    large.push(service);
    await query(
      `insert into contact_submissions (id, name, email, message, service, "timestamp")
       select $1 || n, 'Large', 'l@x.example', repeat('x', 20000), $1, now() from generate_series(1, 2000) n`,
      [service],
    );
    return `/export/contacts?service=${encodeURIComponent(service)}`;
  }

  test("a client that leaves frees the connection within a second", async ({ ada }) => {
    const leaving = new AbortController();
    const answer = await ask(await addLarge(), ada, { signal: leaving.signal });
    expect(answer.headers.get("x-contact-count")).toBe("2000");
    await answer.body?.getReader().read();
    await expect.poll(countOpen).toBe(1);
    leaving.abort();
    await expect.poll(countOpen).toBe(0);
    await expect
      .poll(() => query("select outcome, matching from contact_exports where staff_id = $1", [ada.id]))
      .toEqual([{ outcome: "left", matching: 2000 }]);
  });

  test("a file that is cut midway is an error to its client and never a short file", async ({ ada }) => {
    const answer = await ask(await addLarge(), ada);
    const reader = answer.body?.getReader();
    await reader?.read();
    // Repeated until it is cut, because an export that pauses between batches continues before its reader does.
    await expect
      .poll(async () => (await asApplication(`select pg_terminate_backend(pid) ${exporting}`)).length)
      .toBe(1);
    const readOn = async () => {
      while (!(await reader?.read())?.done);
    };
    await expect(readOn()).rejects.toThrow();
    await expect
      .poll(() => query("select outcome from contact_exports where staff_id = $1", [ada.id]))
      .toEqual([{ outcome: "failed" }]);
  });

  test("what cannot be used is refused in words, and is no export", async ({ ada }) => {
    for (const query of ["staus=new", "columns=password_hash", "after=x", "q=%00", "sort=1;drop table staff"]) {
      const answer = await ask(`/export/contacts?${query}`, ada);
      expect([query, answer.status]).toEqual([query, 400]);
      expect(answer.headers.get("content-type")).toBe("text/plain; charset=utf-8");
    }
    const head = await ask("/export/contacts", ada, { method: "HEAD" });
    expect([head.status, head.headers.get("content-type")]).toEqual([200, "text/csv; charset=utf-8; header=present"]);
    expect(await query("select from contact_exports where staff_id = $1", [ada.id])).toEqual([]);
  });
});
