import type { ChildProcess } from "node:child_process";
import { hash } from "@node-rs/argon2";
import { findFreePort } from "@/scripts/command/processes";
import { addContacts, findNews, listStored, openInbox, removeContacts } from "../inbox-contacts";
import { startApplication } from "../server";
import { createStaff, query, removeStaff, type TestStaff } from "../sign-in";
import { expect, test } from "../test";
import { findProxyPorts, type Nginx, startNginx } from "./nginx";

// The desk behind nginx with the provided configuration, on https.
test.use({ ignoreHTTPSErrors: true });

const password = "tangerine lamp quarry 9";
let proxy: Nginx;
let application: ChildProcess;
let admin: TestStaff;
let made: Awaited<ReturnType<typeof addContacts>>;

test.beforeAll(async () => {
  const port = await findFreePort();
  const [http, https] = await findProxyPorts();
  application = await startApplication(port, { NEXTAUTH_URL: `https://127.0.0.1:${https}`, TRUST_PROXY: "1" });
  proxy = await startNginx([port], http, https);
  admin = await createStaff("admin", { passwordHash: await hash(password) });
  made = await addContacts([{ name: "Mara Lind" }, { name: "Jonas Ek" }]);
});
test.afterAll(async () => {
  await removeContacts(made.service);
  await removeStaff([admin]);
  application.kill("SIGKILL");
  await proxy.close();
});

test("one signs in, hears of others at once, and decides", async ({ page }) => {
  const [mara, jonas] = made.contacts;
  await page.goto(`${proxy.https}${made.href}`);
  await page.getByLabel("E-mail").fill(admin.email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveURL((url) => url.origin === proxy.https && url.pathname === "/contacts");
  // The session's address is the browser's, as the proxy reports it.
  const [session] = await query<{ address: string | null }>("select address from staff_sessions where staff_id = $1", [
    admin.id,
  ]);
  expect(session?.address).toMatch(/^127\.0\.0\.1/);

  const news = page.waitForResponse((answer) => new URL(answer.url()).pathname === "/api/live");
  await openInbox(page, `${proxy.https}${made.href}`);
  expect((await news).headers()["content-type"]).toMatch(/^text\/event-stream/);
  // Before any change of one's own, because the list is read again after that and would already have the news.
  const changed = Date.now();
  await query("update contact_submissions set status = 'contacted' where id = $1", [jonas?.id]);
  await expect(findNews(page, "1 changed")).toBeVisible();
  test.info().annotations.push({ type: "news through nginx", description: `${Date.now() - changed} ms` });

  await page.keyboard.press("j");
  await page.keyboard.press("5");
  await expect(page.getByRole("row", { name: /Mara Lind/ })).toContainText("Closed");
  await expect.poll(() => listStored(mara ? [mara] : [])).toEqual([{ status: "closed", version: 2 }]);
});

test("plain http leads to https, and the figures are not for the browser", async ({ request }) => {
  const plain = await fetch(`${proxy.http}/contacts?status=new`, { redirect: "manual" });
  expect([plain.status, plain.headers.get("location")]).toEqual([301, "https://127.0.0.1/contacts?status=new"]);
  expect((await request.get(`${proxy.https}/api/metrics`)).status()).toBe(404);
  expect((await request.get(`${proxy.https}/api/health/ready`)).status()).toBe(200);
});
