import { expect, test } from "vitest";
import { chooseAlgorithm } from "@/lib/staff/provider/signatures";

const token = (head: unknown) => `${Buffer.from(JSON.stringify(head)).toString("base64url")}.e30.c2ln`;

test.each([
  ["ES256", ["RS256", "ES256"], "ES256"],
  ["RS256", undefined, "RS256"],
  ["RS256", "RS256", "RS256"],
  // What is not taken is checked by another algorithm than it names, and so refused.
  ["HS256", ["HS256", "RS256"], "RS256"],
  ["none", ["none", "PS256"], "PS256"],
  ["ES256", undefined, "RS256"],
  ["RS256", ["ES384"], "ES384"],
  ["rs256", ["RS256"], "RS256"],
  [["RS256"], ["PS512", "RS512"], "RS512"],
])("a token that names %j, of a provider that announces %j, must be signed by %s", (alg, announced, chosen) => {
  expect(chooseAlgorithm(token({ alg }), announced)).toBe(chosen);
});

test("what is no token names nothing", () => {
  for (const text of ["", "...", "bm90IGpzb24.e30.", token(null), token([])]) {
    expect(chooseAlgorithm(text, ["RS256", "ES256"])).toBe("RS256");
  }
});

test("a provider without a sound algorithm is refused", () => {
  for (const announced of [["HS256"], ["none"], []]) {
    expect(() => chooseAlgorithm(token({ alg: "RS256" }), announced)).toThrow("no algorithm");
  }
});
