import { expect, test } from "vitest";
import { explainNoAnswer } from "@/components/change/queue/no-answer";
import { busyWords } from "@/lib/server/shares/busy-words";

test("who asked for too much hears that, and that nothing is in doubt", () => {
  expect(explainNoAnswer(new Error(busyWords))).toEqual({ code: "busy", message: busyWords });
});

test("who is signed out hears that", () => {
  expect(explainNoAnswer(Object.assign(new Error(), { digest: "NEXT_REDIRECT;push;/sign-in" })).code).toBe(
    "signed_out",
  );
});
