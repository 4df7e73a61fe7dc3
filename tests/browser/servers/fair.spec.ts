import { randomUUID } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createStaff, query, removeStaff, signInCookie, type TestStaff } from "../sign-in";
import { expect, test } from "../test";

// One person requests as much as they can, a colleague a page now and then. No browser, because it would not send so
// much.
const contact = `fair-${randomUUID()}`;
const people: TestStaff[] = [];
let document = "";

test.beforeAll(async () => {
  await query(
    `insert into contact_submissions (id, name, email, message, "timestamp") values ($1, 'Fair', 'f@x.example', '', now())`,
    [contact],
  );
  const folder = join(process.env.DOCUMENTS_DIR ?? "", "fair");
  await mkdir(folder, { recursive: true });
  // More than fits into the buffers of a reader that reads nothing.
  await writeFile(join(folder, "large.bin"), Buffer.alloc(30_000_000, 1));
  const [row] = await query<{ id: string }>(
    `insert into documents (contact_id, filename, size, content_type, document_type, upload_timestamp, s3_bucket, s3_key)
    values ($1, 'large.bin', 30000000, 'text/plain', 'notes', now(), 'fair', 'large.bin') returning id`,
    [contact],
  );
  document = row?.id ?? "";
});

test.afterAll(async () => {
  await removeStaff(people);
  await query("delete from contact_submissions where id = $1", [contact]);
});

/** A new person with so many sessions, each of which has been used once; gives their cookies. */
async function enter(sessions = 1): Promise<string[]> {
  const person = await createStaff("agent");
  people.push(person);
  const cookies: string[] = [];
  for (let each = 0; each < sessions; each++) {
    const { name, value } = await signInCookie(person.id);
    cookies.push(`${name}=${value}`);
  }
  for (const cookie of cookies) expect((await ask("/contacts", cookie)).status).toBe(200);
  return cookies;
}

async function ask(path: string, cookie: string, headers: Record<string, string> = {}) {
  const response = await fetch(`${process.env.BASE_URL}${path}`, { headers: { cookie, ...headers } });
  return { status: response.status, headers: response.headers, body: await response.text() };
}

/** Opens a stream without reading it. */
async function open(path: string, cookie: string, signal: AbortSignal): Promise<Response> {
  return fetch(`${process.env.BASE_URL}${path}`, { headers: { cookie }, signal });
}

const inTurn = (cookies: string[], count: number) =>
  Array.from({ length: count }, (_, at) => cookies[at % cookies.length] ?? "");

test("who asks for 80 pages at once, in four sessions, is told that the desk is busy; a colleague never is", async () => {
  const greedy = await enter(4);
  const [colleague = ""] = await enter();
  const asking = Promise.all(inTurn(greedy, 80).map((cookie) => ask("/contacts", cookie)));
  for (let each = 0; each < 10; each++) expect((await ask("/contacts", colleague)).status).toBe(200);
  const answers = await asking;
  const refused = answers.filter(({ status }) => status === 503);
  expect(answers.filter(({ status }) => status === 200).length).toBe(80 - refused.length);
  // Four under way and twenty that wait, whatever the number of sessions; meanwhile some of those have been answered.
  expect(refused.length).toBeGreaterThan(20);
  expect(refused[0]?.headers.get("retry-after")).toBe("2");
  expect(refused[0]?.body).toBe("You are asking for too much at once. Try again in a moment.");
  // Afterwards they are served like anybody else.
  expect((await ask("/contacts", greedy[0] ?? "")).status).toBe(200);
});

test("a browser's window shows a page that says so", async () => {
  const greedy = await enter();
  const accept = { accept: "text/html,application/xhtml+xml" };
  const answers = await Promise.all(inTurn(greedy, 60).map((cookie) => ask("/contacts", cookie, accept)));
  const refused = answers.find(({ status }) => status === 503);
  expect(refused?.headers.get("content-type")).toContain("text/html");
  expect(refused?.headers.get("content-security-policy")).toContain("default-src 'none'");
  expect(refused?.body).toContain("<h1>The desk is busy</h1>");
});

test("whoever listens in sixty tabs of three sessions has twenty streams; a colleague gets theirs", async () => {
  const greedy = await enter(3);
  const [colleague = ""] = await enter();
  const leaving = new AbortController();
  const path = `/api/live?list=&since=${Date.now()}`;
  try {
    const streams: Response[] = [];
    // A few at a time: these are as many as may wait for their turn, whatever the machine does besides.
    for (const some of Array.from({ length: 12 }, () => inTurn(greedy, 5))) {
      streams.push(...(await Promise.all(some.map((cookie) => open(path, cookie, leaving.signal)))));
    }
    const refused = streams.filter(({ status }) => status === 503);
    expect(streams.filter(({ status }) => status === 200)).toHaveLength(20);
    expect(refused).toHaveLength(40);
    expect((await open(path, colleague, leaving.signal)).status).toBe(200);
    expect((await ask("/contacts", colleague)).status).toBe(200);
  } finally {
    leaving.abort();
  }
});

test("whoever opens forty documents and reads none of them has six; a colleague opens theirs", async () => {
  const greedy = await enter(2);
  const [colleague = ""] = await enter();
  const leaving = new AbortController();
  try {
    const path = `/documents/${document}`;
    const opening = inTurn(greedy, 40).map((cookie) => open(path, cookie, leaving.signal));
    expect((await ask(path, colleague)).body).toHaveLength(30_000_000);
    const opened = await Promise.all(opening);
    expect(opened.filter(({ status }) => status === 200)).toHaveLength(6);
    const refused = opened.find(({ status }) => status === 503);
    expect(refused?.headers.get("retry-after")).toBe("5");
    expect(await refused?.text()).toContain("You have many documents open at once.");
    // Neither their pages nor anybody else's documents wait for those that nobody reads.
    expect((await ask("/contacts", greedy[0] ?? "")).status).toBe(200);
    expect((await ask(path, colleague)).status).toBe(200);
  } finally {
    leaving.abort();
  }
});

test("an export of a colleague begins beside ten of one person", async () => {
  const greedy = await enter(2);
  const [colleague = ""] = await enter();
  const asking = Promise.all(inTurn(greedy, 10).map((cookie) => ask("/export/contacts", cookie)));
  const answer = await ask("/export/contacts", colleague);
  expect([answer.status, answer.headers.get("content-type")]).toEqual([200, expect.stringContaining("text/csv")]);
  for (const { status } of await asking) expect([200, 429, 503]).toContain(status);
});
