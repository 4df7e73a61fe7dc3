import { expect, test } from "vitest";
import { nameDestinations, readDestinations } from "@/lib/server/measures/screens-of-build";

const routes = [
  "/[...path]",
  "/",
  "/contacts",
  "/contacts/[id]",
  "/contacts/open",
  "/api/auth/[...nextauth]",
  "/api/live",
];
const name = nameDestinations(routes, new Map([["40ab", "setTriage"]]));

test.each([
  ["/", "/"],
  ["/contacts", "/contacts"],
  ["/contacts/contact_1732270000_1a2b3c4d", "/contacts/[id]"],
  ["/contacts/open", "/contacts/open"],
  ["/api/auth/callback/credentials", "/api/auth/[...nextauth]"],
  ["/_next/static/chunks/main.js", "files"],
  ["/favicon.ico", "files"],
  ["/manifest.webmanifest", "files"],
])("%s goes to %s", (path, route) => {
  expect(name(path)).toEqual({ route, screen: route });
});

test("an action goes by its name, and counts with all others as one route", () => {
  expect(name("/contacts", "40ab")).toEqual({ route: "action", screen: "setTriage" });
});

test.each([
  ["/contacts/", undefined],
  ["/contacts/a/b", undefined],
  ["/wp-login.php", undefined],
  ["*", undefined],
  ["", undefined],
  ["/contacts", "made up"],
])("%s, which somebody made up, makes no name", (path, action) => {
  expect(name(path, action)).toEqual({ route: "other", screen: "other" });
});

test("without a build all is other", () => {
  expect(readDestinations("/nowhere")("/contacts")).toEqual({ route: "other", screen: "other" });
});
