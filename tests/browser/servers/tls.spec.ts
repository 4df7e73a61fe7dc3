import type { ChildProcess } from "node:child_process";
import { readdirSync } from "node:fs";
import { type IncomingMessage, request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import { join } from "node:path";
import { hash } from "@node-rs/argon2";
import { publicFiles } from "@/lib/desk/public-files";
import { findFreePort } from "@/scripts/command/processes";
import { entries, listBuiltActions } from "../access-table";
import { addContacts, findNews, listStored, openInbox, removeContacts } from "../inbox-contacts";
import { startApplication } from "../server";
import { createStaff, query, removeStaff, signInCookie, type TestStaff } from "../sign-in";
import { expect, test } from "../test";
import { startTlsProxy, type TlsProxy } from "../tls-proxy";

// A desk behind an https proxy, as in most installations, on a server of this file's own.
test.use({ ignoreHTTPSErrors: true });

const password = "tangerine lamp quarry 9";
let proxy: TlsProxy;
let application: ChildProcess;
let admin: TestStaff;
let made: Awaited<ReturnType<typeof addContacts>>;

test.beforeAll(async () => {
  const port = await findFreePort();
  proxy = await startTlsProxy(port);
  application = await startApplication(port, { NEXTAUTH_URL: proxy.url, TRUST_PROXY: "1" });
  admin = await createStaff("admin", { passwordHash: await hash(password) });
  made = await addContacts([{ name: "Mara Lind" }, { name: "Jonas Ek" }]);
});
test.afterAll(async () => {
  await removeContacts(made.service);
  await removeStaff([admin]);
  application.kill("SIGKILL");
  await proxy.close();
});

type Asked = { method?: string; headers?: Record<string, string>; body?: string };

/** The headers of an answer of the desk at `base`, without waiting for the body. */
function ask(base: string, path: string, { method = "GET", headers = {}, body }: Asked = {}): Promise<IncomingMessage> {
  const send = base.startsWith("https:") ? requestHttps : requestHttp;
  return new Promise((resolve, reject) => {
    const options = { method, headers, ca: proxy.certificate, agent: false };
    const asking = send(base + path, options, (answer) => {
      resolve(answer);
      answer.destroy();
    });
    asking.on("error", reject);
    asking.end(body);
  });
}

/** One of each kind of answer. They are requested one after the other, because no person requests all at once. */
async function everyAnswer(
  base: string,
  secure: boolean,
): Promise<[what: string, ask: () => Promise<IncomingMessage>][]> {
  const { name, value } = await signInCookie(admin.id);
  const cookie = `${secure ? "__Secure-" : ""}${name}=${value}`;
  const contact = made.contacts[0]?.id ?? "";
  const [action] = listBuiltActions();
  const chunk = readdirSync(join(process.env.NEXT_DIST_DIR ?? "", "static", "chunks"))[0];
  const call = { "next-action": action?.id ?? "", "content-type": "text/plain;charset=UTF-8", origin: base };
  const pages = Object.values(entries).map(({ path }) => path({ secret: "Mara", contact }));
  return [
    ...[...pages, "/nowhere", "/contacts/nobody", ...publicFiles, "/pdfjs/wasm/openjpeg.wasm"].map(
      (path): [string, () => Promise<IncomingMessage>] => [path, () => ask(base, path, { headers: { cookie } })],
    ),
    ["a page for somebody signed out", () => ask(base, "/contacts")],
    ["a built file", () => ask(base, `/_next/static/chunks/${chunk}`)],
    ["a built file that is not there", () => ask(base, "/_next/static/chunks/none.js")],
    ["a call", () => ask(base, "/contacts", { method: "POST", headers: { ...call, cookie }, body: "[{}]" })],
    ["a call by somebody signed out", () => ask(base, "/contacts", { method: "POST", headers: call, body: "[{}]" })],
    [
      "a call from elsewhere",
      () => ask(base, "/contacts", { method: "POST", headers: { ...call, cookie, origin: "null" } }),
    ],
    ["another method", () => ask(base, "/contacts", { method: "PUT" })],
    ["an odd address", () => ask(base, "/contacts/%ff")],
  ];
}

test("every answer of a desk on https keeps the browser there, and none of one on http does", async () => {
  for (const [base, header] of [
    [proxy.url, "max-age=63072000"],
    [process.env.BASE_URL ?? "", undefined],
  ] as const) {
    for (const [what, askOne] of await everyAnswer(base, base === proxy.url)) {
      expect((await askOne()).headers["strict-transport-security"], `${what} at ${base}`).toBe(header);
    }
  }
});

test("the sign-in's own cookies are for https alone, and say so by their names", async () => {
  const names = async (base: string) => {
    const { headers } = await ask(base, "/api/auth/csrf");
    const cookies = (headers["set-cookie"] ?? []).map((cookie) => ({
      name: cookie.split("=", 1)[0],
      secure: /; Secure/i.test(cookie),
      hidden: /; HttpOnly/i.test(cookie) && /; SameSite=Lax/i.test(cookie),
    }));
    expect(cookies.every(({ hidden }) => hidden)).toBe(true);
    return cookies.map(({ name, secure }) => `${name}${secure ? ", secure" : ""}`).sort();
  };
  expect(await names(proxy.url)).toEqual([
    "__Host-next-auth.csrf-token, secure",
    "__Secure-next-auth.callback-url, secure",
  ]);
  expect(await names(process.env.BASE_URL ?? "")).toEqual(["next-auth.callback-url", "next-auth.csrf-token"]);
});

test("one signs in, decides, hears of others and chooses a theme through the proxy", async ({ page, context }) => {
  const [mara, jonas] = made.contacts;
  await page.goto(`${proxy.url}${made.href}`);
  await page.getByLabel("E-mail").fill(admin.email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveURL((url) => url.origin === proxy.url && url.pathname === "/contacts");

  await openInbox(page, `${proxy.url}${made.href}`);
  // Before one's own decision, because the list is read again after it and would already show the news.
  await query("update contact_submissions set status = 'contacted' where id = $1", [jonas?.id]);
  await expect(findNews(page, "1 changed")).toBeVisible();
  await page.keyboard.press("j");
  await page.keyboard.press("5");
  await expect(page.getByRole("row", { name: /Mara Lind/ })).toContainText("Closed");
  await expect.poll(() => listStored(mara ? [mara] : [])).toEqual([{ status: "closed", version: 2 }]);

  await page.goto(`${proxy.url}/account`);
  await page.getByRole("radio", { name: "Dark" }).check({ force: true });
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  const cookies = await context.cookies(proxy.url);
  expect(cookies.map(({ name }) => name).sort()).toEqual([
    "__Host-next-auth.csrf-token",
    "__Host-theme",
    "__Secure-next-auth.callback-url",
    "__Secure-next-auth.session-token",
  ]);
  for (const cookie of cookies) expect(cookie).toMatchObject({ secure: true, httpOnly: true, sameSite: "Lax" });
  await page.reload();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
});
