import { crc32, inflateRawSync, inflateSync } from "node:zlib";
import { expect, test } from "vitest";
import { parseTargets, parseWeek } from "@/lib/desk/response-input";
import { parseFilter, printFilter } from "@/lib/filter/url";
import { sampleCalendar } from "@/prisma/sample/calendar";
import { firstContactedAt } from "@/prisma/sample/changes";
import type { SampleContact } from "@/prisma/sample/contacts";
import { printCopyLine } from "@/prisma/sample/copy";
import { sampleTargets, sampleViews, sampleWeek } from "@/prisma/sample/desk";
import { buildZip } from "@/prisma/sample/files";
import { generateContacts } from "@/prisma/sample/generate";
import { drawPicture } from "@/prisma/sample/picture";
import { createRandom, hashText, randomUuid } from "@/prisma/sample/random";
import { stories } from "@/prisma/sample/story-texts";
import { followChanges } from "@/prisma/sample/triage";

const until = new Date("2026-11-22T15:50:00Z");
const day = 86_400_000;

function generate(contacts: number, seed = "contact desk", end = until): SampleContact[] {
  const options = { contacts, until: end, seed, odd: true, views: 1, staff: ["ada", "milo", "tomo"] };
  return [...generateContacts(options)].flatMap((chunk) => chunk.contacts);
}

const year = generate(5_000);

test("the same seed, count and end give the same rows, and another seed others", () => {
  expect(generate(500)).toEqual(generate(500));
  expect(generate(500, "another")[0]).not.toEqual(generate(500)[0]);
});

test("a year ends where it should, in order, with ids that occur once", () => {
  const regular = year.slice(0, 5_000);
  expect(regular.map((contact) => contact.at)).toEqual(regular.map((contact) => contact.at).toSorted((a, b) => a - b));
  expect(Math.max(...year.map((contact) => contact.at))).toBeLessThan(until.getTime());
  expect(until.getTime() - Math.min(...year.map((contact) => contact.at))).toBeGreaterThan(360 * day);
  expect(new Set(year.map((contact) => contact.id)).size).toBe(year.length);
});

test("people write on weekdays and in working hours, and bring one and a half documents", () => {
  const weekend = year.filter((contact) => [0, 6].includes(new Date(contact.at).getUTCDay())).length;
  expect(weekend / year.length).toBeLessThan(0.2);
  const office = year.filter(
    (contact) => new Date(contact.at).getUTCHours() >= 7 && new Date(contact.at).getUTCHours() < 17,
  );
  expect(office.length / year.length).toBeGreaterThan(0.6);
  const documents = year.reduce((sum, contact) => sum + contact.documents.length, 0);
  expect(documents / year.length).toBeGreaterThan(1.4);
  expect(documents / year.length).toBeLessThan(1.6);
});

test("one week is a wave of spam, and one day the pipeline was broken", () => {
  const spam = year
    .filter((contact) => contact.status === "spam")
    .map((contact) => (until.getTime() - contact.at) / day);
  expect(spam.filter((age) => age > 60 && age < 69).length / spam.length).toBeGreaterThan(0.6);
  const calendar = sampleCalendar(hashText("contact desk"), until.getTime());
  const documents = year.flatMap((contact) => contact.documents);
  const broken = documents.filter((document) => calendar.isIncident(document.uploadedAt));
  expect(broken.filter((document) => document.status === "failed").length / broken.length).toBeGreaterThan(0.2);
  const failed = documents.filter((document) => document.status === "failed").length;
  expect(failed / documents.length).toBeLessThan(0.04);
});

test("old contacts are closed, young ones new; a first response comes after the message", () => {
  const share = (contacts: SampleContact[], status: string) =>
    contacts.filter((contact) => contact.status === status).length / contacts.length;
  const age = (contact: SampleContact) => (until.getTime() - contact.at) / day;
  expect(
    share(
      year.filter((contact) => age(contact) > 120),
      "closed",
    ),
  ).toBeGreaterThan(0.7);
  expect(
    share(
      year.filter((contact) => age(contact) < 1),
      "new",
    ),
  ).toBeGreaterThan(0.6);
  for (const contact of year.filter((one) => one.changes.length > 0)) {
    expect(contact.changes.at(-1)?.to).toBe(contact.status);
    const times = [contact.at, ...contact.changes.map((change) => change.at), until.getTime()];
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(firstContactedAt(contact.changes) ?? contact.at).toBeGreaterThanOrEqual(contact.at);
  }
});

test("what staff decided and noted reads like six weeks of work", () => {
  const ends = year.map((contact) => ({ contact, decided: followChanges(contact.changes).at(-1)?.after }));
  const ahead = (snoozed: string) => new Date(snoozed) > until;
  const snoozes = ends.flatMap(({ decided }) => decided?.snoozedUntil ?? []);
  expect(new Set(ends.flatMap(({ decided }) => decided?.assigneeId ?? []))).toEqual(new Set(["ada", "milo", "tomo"]));
  expect(snoozes.some(ahead)).toBe(true);
  expect(snoozes.every(ahead)).toBe(false);
  expect(ends.filter(({ decided }) => decided?.spamReason).length).toBeGreaterThan(2);
  const duplicates = ends.flatMap(({ contact, decided }) =>
    decided?.duplicateOf ? { contact, original: year.find(({ id }) => id === decided.duplicateOf) } : [],
  );
  expect(duplicates).toHaveLength(2);
  for (const { contact, original } of duplicates) expect(original?.email).toBe(contact.email);
  const notes = year.flatMap((contact) => contact.notes);
  expect(notes.length).toBeGreaterThan(20);
  expect(notes.every(({ at }) => at < until.getTime())).toBe(true);
});

test("what the website wrote does not hang on what staff did", () => {
  const sent = (staff: string[]) =>
    [...generateContacts({ contacts: 500, until, views: 1, staff })]
      .flatMap((chunk) => chunk.contacts)
      .map(({ changes, notes, ...rest }) => rest);
  expect(sent(["ada", "milo", "tomo"])).toEqual(sent([]));
});

test("the sample's views, hours and targets are ones that the desk understands", () => {
  for (const { filter } of sampleViews) {
    const parsed = parseFilter(new URLSearchParams(filter));
    expect(parsed.problems).toEqual([]);
    expect(printFilter(parsed.filter).toString()).toBe(filter);
  }
  expect(parseWeek(sampleWeek)).toEqual(sampleWeek);
  expect(parseTargets(sampleTargets)).toEqual(sampleTargets);
});

test("a message speaks of documents only where there are some", () => {
  const speaking = year.filter(({ message }) =>
    /requirements are attached as a PDF|finden Sie im Anhang/.test(message),
  );
  expect(speaking.length).toBeGreaterThan(50);
  for (const { documents } of speaking) expect(documents.length).toBeGreaterThan(0);
  for (const { message, documents } of speaking.filter(({ message }) => message.includes("PDF")))
    expect(
      documents.map(({ extension }) => extension),
      message,
    ).toContain("pdf");
});

test("in the sample nobody has waited for more than ten days but those whose story is told, oldest first", () => {
  const options = { contacts: 2_000, until, odd: true, stories: true, views: 1, staff: ["ada", "milo", "tomo"] };
  const waiting = [...generateContacts(options)]
    .flatMap(({ contacts }) => contacts)
    .filter(({ status, at }) => ["new", "in_review"].includes(status ?? "") && until.getTime() - at > 10 * day);
  expect(waiting.map(({ name }) => name)).toEqual(stories.map(({ name }) => name));
  expect(waiting.map(({ at }) => at)).toEqual(waiting.map(({ at }) => at).toSorted((a, b) => a - b));
  expect(new Set(waiting.map(({ status }) => status))).toEqual(new Set(["new", "in_review"]));
  for (const { at } of waiting) expect(new Date(at + 3_600_000).getUTCDay() % 6).toBeGreaterThan(0);
});

test("blanks come in three ways, and what years leave behind is there", () => {
  for (const blank of [null, "", "Not specified"]) expect(year.some((contact) => contact.service === blank)).toBe(true);
  expect(year.some((contact) => contact.status === "on_hold")).toBe(true);
  expect(year.some((contact) => contact.insights?.includes("1e400"))).toBe(true);
  expect(year.some((contact) => contact.insights?.includes('"has_business_content":true}'))).toBe(true);
  expect(Math.max(...year.map((contact) => contact.message.length))).toBe(10_000);
  const names = year.flatMap((contact) => contact.documents.map((document) => document.filename));
  expect(Math.max(...names.map((name) => Buffer.byteLength(name)))).toBeGreaterThanOrEqual(300);
  expect(names.some((name) => name.includes("\u202E"))).toBe(true);
});

test("a line of COPY survives tabs, line breaks, backslashes and nothing at all", () => {
  expect(printCopyLine(["a\tb\n\\c\r", null, 5, true])).toBe("a\\tb\\n\\\\c\\r\t\\N\t5\ttrue\n");
});

test("chance is the same everywhere and gives valid UUIDs", () => {
  const random = createRandom(hashText("seed"), 7, 1);
  expect(randomUuid(random)).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(createRandom(1, 2, 3).hex(12)).toBe(createRandom(1, 2, 3).hex(12));
  expect(createRandom(1, 2, 3).hex(12)).not.toBe(createRandom(1, 3, 3).hex(12));
});

test("archives and pictures are whole", () => {
  const zip = Buffer.from(buildZip([["notes.txt", "Grüße"]]));
  const nameLength = zip.readUInt16LE(26);
  const content = inflateRawSync(zip.subarray(30 + nameLength, 30 + nameLength + zip.readUInt32LE(18)));
  expect(content.toString()).toBe("Grüße");
  expect(crc32(content)).toBe(zip.readUInt32LE(14));

  const picture = Buffer.from(drawPicture("diagram", 5));
  expect(picture.subarray(0, 8).toString("latin1")).toBe("\x89PNG\r\n\x1a\n");
  const data = picture.indexOf("IDAT");
  expect(inflateSync(picture.subarray(data + 4, data + 4 + picture.readUInt32BE(data - 4)))).toHaveLength(641 * 400);
});
