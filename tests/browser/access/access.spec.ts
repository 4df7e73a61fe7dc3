import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { extname, join } from "node:path";
import { expect, test } from "playwright/test";
import { publicFiles } from "@/lib/desk/public-files";
import { hasRole, type Role } from "@/lib/staff/staff";
import { actions, entries, listBuiltActions, listEntryFiles, type Opening, publicTypes } from "../access-table";
import { createStaff, query, removeStaff, signInCookie, type TestStaff } from "../sign-in";

// Every page, handler and server action × every kind of visitor. The requests are sent without a browser, as an
// attacker would, so this uses the runner's own `test`, which opens none.
const actors = ["signed out", "must change password", "agent", "manager", "admin", "disabled", "revoked"] as const;
type Actor = (typeof actors)[number];

const roleOf: Partial<Record<Actor, Role>> = { agent: "agent", manager: "manager", admin: "admin" };
const secret = `zq${randomUUID().slice(0, 8)}`;
const world = { secret, contact: `access-${secret}`, other: "" };
const people: TestStaff[] = [];

test.beforeAll(async () => {
  await query(
    `insert into contact_submissions (id, name, email, message, "timestamp") values ($1, $2, $3, 'Hello', now())`,
    [world.contact, `Visitor ${secret}`, `${secret}@visitor.example`],
  );
  const other = await createStaff("agent");
  people.push(other);
  world.other = other.email;
});

test.afterAll(async () => {
  await removeStaff(people);
  await query("delete from contact_submissions where id = $1", [world.contact]);
});

type SignedIn = { cookie?: string; sessionId?: string };

const signedIn = new Map<Actor, Promise<SignedIn>>();

/**
 * The cookie header of a person, signed in once for all requests that neither end the session nor change the person.
 */
function signInOnce(actor: Actor): Promise<SignedIn> {
  const already = signedIn.get(actor) ?? signInFor(actor);
  signedIn.set(actor, already);
  return already;
}

/** The cookie header of somebody, freshly signed in. */
async function signInFor(actor: Actor): Promise<SignedIn> {
  if (actor === "signed out") return {};
  const person = await createStaff(roleOf[actor] ?? "admin");
  people.push(person);
  const { name, value, sessionId } = await signInCookie(person.id);
  if (actor === "must change password")
    await query("update staff set must_change_password = true where id = $1", [person.id]);
  if (actor === "disabled") await query("update staff set disabled_at = now() where id = $1", [person.id]);
  if (actor === "revoked") await query("update staff_sessions set ended_at = now() where id = $1", [sessionId]);
  return { cookie: `${name}=${value}`, sessionId };
}

function ask(path: string, headers: Record<string, string | undefined>, init: RequestInit = {}): Promise<Response> {
  const given = Object.entries(headers).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return fetch(`${process.env.BASE_URL}${path}`, { redirect: "manual", ...init, headers: Object.fromEntries(given) });
}

function mayEnter(actor: Actor, opening: Opening): boolean {
  if (opening === "anyone") return true;
  if (opening === "token") return false;
  const role = roleOf[actor];
  if (opening === "session") return role !== undefined || actor === "must change password";
  return role !== undefined && hasRole(role, opening);
}

/** Where a page redirects to: by status and Location, or by a refresh in the page if it had begun to stream. */
function targetOf(response: Response, body: string): string {
  const location = response.headers.get("location");
  if (location) return new URL(location, process.env.BASE_URL).pathname;
  return body.match(/http-equiv="refresh" content="\d+;url=([^"?]+)/)?.[1] ?? `status ${response.status}`;
}

test("every page and handler of app/ has a row in the table", () => {
  expect(listEntryFiles()).toEqual(Object.keys(entries).sort());
});

test("every server action of the build has a row in the table", () => {
  expect(
    listBuiltActions()
      .map(({ key }) => key)
      .sort(),
  ).toEqual(Object.keys(actions).sort());
});

for (const [file, { opening, path, shows, status = 200 }] of Object.entries(entries)) {
  for (const actor of actors) {
    const allowed = mayEnter(actor, opening);
    test(`${file} is ${allowed ? "open" : "closed"} to: ${actor}`, async () => {
      const { cookie } = await signInOnce(actor);
      const response = await ask(path(world), { cookie });
      const body = await response.text();
      const shown = shows?.(world);
      if (shown) expect(body.includes(shown)).toBe(allowed);
      if (file === "app/sign-in/page.tsx") {
        const target = roleOf[actor] ? "/" : actor === "must change password" ? "/account" : "status 200";
        expect(targetOf(response, body)).toBe(target);
      } else if (allowed) {
        expect(response.status).toBe(status);
      } else if (file.endsWith("route.ts")) {
        // People who are signed in but not allowed are told so.
        expect(response.status).toBe(opening === "admin" && roleOf[actor] ? 403 : 401);
      } else if (file === "app/page.tsx") {
        // It shows nothing and only leads on, to a page that refuses.
        expect(response.status).toBe(307);
      } else if (roleOf[actor]) {
        expect(response.status).toBe(403);
      } else {
        expect(targetOf(response, body)).toBe(actor === "must change password" ? "/account" : "/sign-in");
      }
    });
  }
}

test("every file of public/ is open to anyone as it is, and nothing beside it is", async () => {
  for (const path of publicFiles) {
    const response = await ask(path, {});
    expect(response.status, path).toBe(200);
    expect(response.headers.get("set-cookie"), path).toBeNull();
    expect(response.headers.get("content-type"), path).toContain(publicTypes[extname(path)]);
    expect(response.headers.get("x-content-type-options"), path).toBe("nosniff");
    expect(Buffer.from(await response.arrayBuffer()), path).toEqual(readFileSync(join("public", path)));
  }
  for (const path of [
    "/robots.txt/",
    "/icons/",
    "/icons/none.png",
    "/manifest.json",
    "/icons/..%2f..%2fpackage.json",
  ]) {
    const response = await ask(path, {});
    // Next itself leads from a path with a slash at its end to the one without.
    expect(["/sign-in", path.slice(0, -1), "status 404"], path).toContain(targetOf(response, await response.text()));
  }
});

/** Headers that have let signed-out visitors into some Next application. */
const forgeries: Record<string, string>[] = [
  { "next-router-prefetch": "1" },
  { purpose: "prefetch" },
  { rsc: "1" },
  { rsc: "1", "next-router-prefetch": "1", "next-router-segment-prefetch": "/_tree" },
  { "x-middleware-subrequest": "proxy:proxy:proxy:proxy:proxy" },
  { "x-middleware-prefetch": "1" },
  { "x-middleware-next": "1", "x-middleware-rewrite": "/contacts" },
  { "x-forwarded-host": "evil.example", "x-forwarded-proto": "https", "x-forwarded-for": "127.0.0.1" },
  { "x-desk-path": "//evil.example" },
  { authorization: "Bearer eyJhbGciOiJub25lIn0..." },
  { cookie: "next-auth.session-token=eyJhbGciOiJub25lIn0.e30." },
];
for (const headers of forgeries) {
  test(`nothing is shown to the signed-out with ${JSON.stringify(headers)}`, async () => {
    for (const actor of ["signed out", "revoked"] as const) {
      const cookie = headers.cookie ?? (await signInOnce(actor)).cookie;
      const response = await ask(`/contacts/${world.contact}`, { ...headers, cookie });
      expect(await response.text()).not.toContain(`${secret}@visitor.example`);
      expect(response.headers.get("location") ?? "").not.toContain("evil.example");
      expect(response.status).toBeLessThan(500);
    }
  });
}

/**
 * An action's answer to invalid input. If an action takes no input or returns nothing, its result says so instead.
 */
const answers = /"code":"invalid"|"kind":"none"|"paths":|^1:(\{"ok":|"\$undefined"$)/m;

let built: ReturnType<typeof listBuiltActions> | undefined;

function findAction(key: string) {
  built ??= listBuiltActions();
  return built.find((action) => action.key === key);
}

for (const [key, opening] of Object.entries(actions)) {
  for (const actor of actors) {
    const allowed = mayEnter(actor, opening);
    test(`${key} is ${allowed ? "open" : "closed"} to: ${actor}`, async () => {
      const action = findAction(key);
      const entry = action && entries[action.page];
      if (!entry) throw new Error(`${key} is on no page of the table.`);
      const { cookie, sessionId } = await (key.includes("signOut") ? signInFor(actor) : signInOnce(actor));
      // The input is invalid: an allowed caller is told so, and nothing changes in either case.
      const response = await callAction(entry.path(world), action.id, { cookie });
      const body = await response.text();
      const target = response.headers.get("x-action-redirect")?.split(";")[0] ?? "";
      if (allowed && key.includes("signOut")) {
        const [session] = await query<{ ended: boolean }>(
          "select ended_at is not null as ended from staff_sessions where id = $1",
          [sessionId],
        );
        expect(session?.ended).toBe(true);
        expect(response.headers.get("set-cookie")).toMatch(/session-token=;/);
      } else if (allowed) {
        expect(response.status).toBe(200);
        expect(body).toMatch(answers);
      } else {
        expect(body).not.toMatch(answers);
        if (roleOf[actor]) expect(response.status).toBe(403);
        else expect(target).toMatch(actor === "must change password" ? /^\/account/ : /^\/sign-in/);
        if (actor === "signed out") expect(response.status).toBe(401);
      }
    });
  }
}

function callAction(path: string, id: string, headers: Record<string, string | undefined>, args: unknown[] = [{}]) {
  const given = { origin: process.env.BASE_URL, accept: "text/x-component", ...headers };
  return ask(
    path,
    { ...given, "next-action": id, "content-type": "text/plain;charset=UTF-8" },
    { method: "POST", body: JSON.stringify(args) },
  );
}

const foreign: Record<string, string | undefined>[] = [
  { origin: "https://evil.example" },
  { origin: "null" },
  { origin: "http://127.0.0.1:1" },
  { origin: "file://" },
  { origin: undefined },
  { "sec-fetch-site": "cross-site" },
  { "sec-fetch-site": "same-site" },
  { "sec-fetch-site": "none" },
  { origin: "https://evil.example", "x-forwarded-host": "evil.example" },
];
for (const headers of foreign) {
  test(`an action asked for with ${JSON.stringify(headers)} changes nothing`, async () => {
    const { cookie, sessionId } = await signInFor("agent");
    const action = findAction("lib/staff/actions.ts setOwnName");
    const response = await callAction("/account", action?.id ?? "", { cookie, ...headers }, [{ name: "Forged" }]);
    expect(response.status).toBe(403);
    const [person] = await query<{ name: string }>(
      "select p.name from staff p join staff_sessions s on s.staff_id = p.id where s.id = $1",
      [sessionId],
    );
    expect(person?.name).not.toBe("Forged");
  });
}

test("every answer carries the headers that keep it where it belongs", async () => {
  const { cookie } = await signInOnce("admin");
  for (const { path } of Object.values(entries)) {
    const { headers } = await ask(path(world), { cookie });
    expect(headers.get("x-content-type-options"), path(world)).toBe("nosniff");
    expect(headers.get("referrer-policy"), path(world)).toBe("same-origin");
    expect(headers.get("cache-control"), path(world)).toContain("no-store");
    expect(headers.get("x-powered-by"), path(world)).toBeNull();
    const policy = headers.get("content-security-policy") ?? "";
    expect(policy, path(world)).not.toMatch(/script-src[^;]*'unsafe-inline'/);
    if (!path(world).startsWith("/documents/")) expect(policy, path(world)).toContain("frame-ancestors 'none'");
  }
});

test("no address of app/ answers with a failure of ours, however odd", async () => {
  const { cookie } = await signInOnce("admin");
  const odd = [
    "/sign-in?next=//evil.example&next=/x",
    "/sign-in?next=%00&error[]=1",
    "/api/auth/csrf?callbackUrl=javascript:alert(1)",
    "/api/auth/signin?callbackUrl=//evil.example",
    "/api/auth/_log",
    "/api/auth/providers",
    "/api/auth/error?error=%0d%0aSet-Cookie:x=1",
    "/account?x=%ff",
    "/staff?__proto__=1",
    "/settings/..%2f..%2fetc",
    `/sign-in?next=/${"a".repeat(7000)}`,
  ];
  for (const path of odd) {
    const response = await ask(path, { cookie });
    expect(response.status, path).toBeLessThan(500);
    expect(response.headers.get("location") ?? "", path).not.toContain("evil.example");
  }
});
