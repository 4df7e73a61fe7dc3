import { expect, test } from "vitest";
import { type Candidate, describeReasons, isLikely, rankDuplicates } from "@/lib/contact/duplicates";

const message = "We want to leave our key-value store for PostgreSQL. Can you estimate the migration?\n\nKind regards";

function candidate(id: string, given: Partial<Candidate>): Candidate {
  return {
    id,
    name: "Mara Lindqvist",
    timestamp: new Date(0),
    status: "new",
    message: "",
    sameAddress: false,
    file: null,
    text: "Something else altogether, about a course for eight developers",
    distance: 0,
    ...given,
  };
}

const likenessOf = (text: string, of = message) => rankDuplicates(of, [candidate("a", { text })])[0]?.likeness ?? null;

test.each([
  ["without case, punctuation and spaces", message.toUpperCase().replace(/[.?]/g, " ! ").replace(/\n+/g, "  ")],
  ["in wide letters", message.replace(/[a-z]/gi, (letter) => String.fromCharCode(letter.charCodeAt(0) + 0xfee0))],
])("a message is the same %s", (_, text) => expect(likenessOf(text)).toBe("same"));

test("a message with a word more is nearly the same", () => {
  expect(likenessOf(`${message}, Mara`)).toBe("near");
  expect(likenessOf(message.replace("our", "the"))).toBe("near");
});

test("messages that share their courtesies are not alike", () => {
  expect(likenessOf("Do you offer a course on Kubernetes for beginners?\n\nKind regards")).toBeNull();
});

test("a Chinese or Japanese message is compared like any other", () => {
  const japanese =
    "社内システムをクラウドへ移行したいと考えております。無停止での移行計画についてご相談できますでしょうか。";
  expect(likenessOf(`${japanese}ご連絡`, japanese)).toBe("near");
});

test("a letter that becomes eighteen makes no message longer than what is compared", () => {
  const letter = "\ufdfa";
  // Beyond the first 2,000 characters that these come to, they differ.
  expect(likenessOf(letter.repeat(200) + message, letter.repeat(200))).toBe("same");
});

test("what is short says nothing, nor does what is empty", () => {
  for (const text of ["Hello", "", "   ", "!!!???...,,,;;;:::---___"]) expect(likenessOf(text, text)).toBeNull();
});

test("the strongest reasons come first, then the nearest in time; what nothing speaks for is left out", () => {
  const ranked = rankDuplicates(message, [
    candidate("address, far", { sameAddress: true, distance: 9 }),
    candidate("nothing", {}),
    candidate("address, near", { sameAddress: true, distance: 1 }),
    candidate("file", { file: "plan.pdf", distance: 99 }),
    candidate("message", { text: `${message}, Mara`, distance: 99 }),
    candidate("everything", { text: message, file: "plan.pdf", sameAddress: true, distance: 99 }),
  ]);
  expect(ranked.map(({ id }) => id)).toEqual(["everything", "file", "message", "address, near", "address, far"]);
  expect(ranked.map(isLikely)).toEqual([true, true, true, false, false]);
});

test("no more than five are suggested", () => {
  const many = Array.from({ length: 40 }, (_, at) => candidate(String(at), { sameAddress: true, distance: at }));
  expect(rankDuplicates(message, many).map(({ id }) => id)).toEqual(["0", "1", "2", "3", "4"]);
});

test("each reason is told", () => {
  const [found] = rankDuplicates(message, [candidate("a", { text: message, file: "plan.pdf", sameAddress: true })]);
  expect(found && describeReasons(found)).toEqual(["Same message", "Same file: plan.pdf", "Same e-mail address"]);
});
