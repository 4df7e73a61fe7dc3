import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { printCsv } from "@/lib/desk/csv";
import { libreOffice } from "@/scripts/checks/programs";
import { ask, owner } from "./export-world";

/** Messages with a formula after each character at which some spreadsheet splits. Each would show 1234321. */
const messages = [
  "=1111*1111",
  "x;=1111*1111;y",
  "x\n=1111*1111",
  "x\r\n=1111*1111",
  "x\t=1111*1111\ty",
  "x,=1111*1111,y",
  "\t=1111*1111",
  "x; =1111*1111",
  'x;"=1111*1111";y',
  'x\n"=1111*1111"\ny',
  "x,y;z\t=1111*1111\n=1111*1111;=1111*1111",
  '=HYPERLINK("https://evil.example";"open")',
  'x;=WEBSERVICE("https://evil.example")',
  "x;=cmd|' /C calc'!A0",
  "＝1111*1111",
];

/** How people open files: LibreOffice with a country's defaults, and with each separator and all detection on. */
const settings = [
  { locale: "en-US", language: 1033, separators: null },
  { locale: "en-US", language: 1033, separators: "44/59/9" },
  { locale: "de-DE", language: 1031, separators: null },
  { locale: "de-DE", language: 1031, separators: "59" },
  { locale: "de-DE", language: 1031, separators: "9" },
] as const;

/** What LibreOffice opens beside the file with commas. A workbook does not ask where to split. */
const otherKinds = [
  ["semicolon", "semicolon.csv"],
  ["tab", "tab.csv"],
  ["xlsx", "workbook.xlsx"],
] as const;

const service = `spreadsheet ${randomUUID()}`;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "contact-desk-spreadsheet-"));
  // An id that is a negative number begins its line, which is one long cell where the separator is another.
  const ids = messages.map((_, at) => `-${at + 5}`);
  await owner.query(
    `insert into contact_submissions (id, name, email, company, service, message, document_insights, "timestamp")
     select id, message, 'm@x.example', message, $1, message, '{"total_documents": 3}', now()
     from unnest($2::text[], $3::text[]) as given (id, message)`,
    [service, ids, messages],
  );
  const columns = "columns=id,name,documents,message,company";
  const answer = await ask(`service=${encodeURIComponent(service)}&${columns}`);
  expect(answer.headers.get("x-contact-count")).toBe(String(messages.length));
  await writeFile(join(folder, "export.csv"), Buffer.from(await answer.arrayBuffer()));
  for (const [format, name] of otherKinds) {
    const file = await ask(`service=${encodeURIComponent(service)}&${columns},timestamp&format=${format}`);
    await writeFile(join(folder, name), Buffer.from(await file.arrayBuffer()));
  }
  const table = messages.map((message) => ["-5", message, -5, message]);
  await writeFile(join(folder, "chart.csv"), printCsv([["=1111*1111", "x;=1111*1111"], ...table]));
  // The same without apostrophes must give formulas; otherwise the test proves nothing.
  await writeFile(
    join(folder, "bare.csv"),
    messages.map((message) => `"x","${message.replaceAll('"', '""')}"\r\n`),
  );
});
afterAll(async () => {
  await owner.query("delete from contact_submissions where service = $1", [service]);
  await owner.end();
  await rm(folder, { recursive: true, force: true });
});

/** A profile of its own, with a country's defaults. */
async function makeProfile(locale: string): Promise<string> {
  const profile = join(folder, locale);
  await mkdir(join(profile, "user"), { recursive: true });
  await writeFile(
    join(profile, "user/registrymodifications.xcu"),
    `<?xml version="1.0" encoding="UTF-8"?>
    <oor:items xmlns:oor="http://openoffice.org/2001/registry"><item oor:path="/org.openoffice.Setup/L10N">
    <prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>${locale}</value></prop></item></oor:items>`,
  );
  return profile;
}

/** Opens the files in LibreOffice and gives each as the XML that it would save. */
async function openFiles({ locale, language, separators }: (typeof settings)[number]): Promise<Record<string, string>> {
  // https://help.libreoffice.org/latest/en-US/text/shared/guide/csv_params.html: quotes, UTF-8, from the first line,
  // the language, quoted cells are not text, special numbers are detected, …, formulas are evaluated.
  const filter = `CSV:${separators},34,76,1,,${language},false,true,false,false,false,0,true`;
  const out = join(folder, `${locale}-${separators?.replaceAll("/", "-")}`);
  await promisify(execFile)(
    process.env[libreOffice.variable] ?? "soffice",
    [
      `-env:UserInstallation=${pathToFileURL(await makeProfile(locale))}`,
      ...["--headless", "--norestore", "--convert-to", "fods", "--outdir", out],
      ...(separators === null ? [] : [`--infilter=${filter}`]),
      ...["export", "semicolon", "tab", "chart", "bare"].map((name) => join(folder, `${name}.csv`)),
      ...(separators === null ? [join(folder, "workbook.xlsx")] : []),
    ],
    { timeout: 50_000 },
  );
  const read = (name: string) => readFile(join(out, `${name}.fods`), "utf8");
  const names = ["export", "semicolon", "tab", "chart", "bare", ...(separators === null ? ["workbook"] : [])];
  return Object.fromEntries(await Promise.all(names.map(async (name) => [name, await read(name)])));
}

/** The formulas of a saved table, and what else in it is not a text or a number. */
function listComputed(xml: string): string[] {
  const cells = xml.match(/<table:(?:covered-)?table-cell[^>]*>/g) ?? [];
  return [
    ...cells.filter((cell) => cell.includes("table:formula=") || cell.includes('"error"')),
    ...(xml.match(/1234321|<table:dde-link\b/g) ?? []),
  ];
}

describe.each(settings)("opened by LibreOffice of $locale, split at $separators", (setting) => {
  test("no cell of an exported file is computed", async () => {
    const files = await openFiles(setting);
    expect(listComputed(files.bare ?? "")).not.toEqual([]);
    expect(files.export).toContain("1111*1111");
    expect(listComputed(files.export ?? "")).toEqual([]);
    expect(files.chart).toContain("1111*1111");
    expect(listComputed(files.chart ?? "")).toEqual([]);
    for (const name of ["semicolon", "tab"]) {
      expect(files[name]).toContain("1111*1111");
      expect([name, listComputed(files[name] ?? "")]).toEqual([name, []]);
    }
    // And numbers are numbers if the file is split as intended.
    const meant = setting.separators === null || setting.separators.startsWith("44");
    expect(files.export?.includes('office:value="3"')).toBe(meant);
    if (setting.separators === "59") expect(files.semicolon).toContain('office:value="3"');
    if (setting.separators === null) checkWorkbook(files.workbook ?? "");
    if (setting.separators === "9") expect(files.tab).toContain('office:value="3"');
  });
});

/** A workbook has every text as it was sent, none of them computed, and numbers and dates as such. */
function checkWorkbook(workbook: string): void {
  expect(listComputed(workbook.replaceAll(/<text:p>[^<]*<\/text:p>/g, ""))).toEqual([]);
  for (const message of ["=1111*1111", "x;=1111*1111;y", "x,=1111*1111,y", "＝1111*1111"]) {
    expect(workbook).toContain(`<text:p>${message}</text:p>`);
  }
  expect(workbook).toContain('office:value-type="float" office:value="3"');
  expect(workbook).toMatch(/office:value-type="date" office:date-value="20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?"/);
}
