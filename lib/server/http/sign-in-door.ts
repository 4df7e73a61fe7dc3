import type { IncomingMessage, ServerResponse } from "node:http";
import { readAddress } from "@/lib/staff/address";
import { readStep } from "@/lib/staff/factor/step-cookie";
import { isSecure } from "@/lib/staff/session/token";
import { parseSignInForm } from "@/lib/staff/sign-in-form";
import { accountKey } from "@/lib/staff/tries/account-key";
import { readDevice } from "@/lib/staff/tries/device-cookie";
import { passDoor } from "@/lib/staff/tries/door";
import { cookiesOf, readerOf } from "./request-headers";

/**
 * Passes a try to sign in to `handle` when its turn comes, or answers that it must wait. That answer is the
 * application's, but given before Next does any work. `body` is the form.
 */
export async function answerSignIn(
  { headers, socket }: IncomingMessage,
  body: Buffer,
  response: ServerResponse,
  handle: () => Promise<void>,
): Promise<void> {
  const reader = readerOf(headers);
  const form = parseSignInForm(body.toString(), reader.get("content-type") ?? "");
  const email = form?.email ?? "";
  const device = await readDevice(cookiesOf(headers), accountKey(email), isSecure(reader));
  // A code is counted apart from passwords. The application checks whether the step belongs to this e-mail.
  const step = form?.code === undefined ? null : await readStep(cookiesOf(headers), isSecure(reader));
  const known = step ? ({ staffId: step.staffId, proves: "second factor" } as const) : undefined;
  const asking = { email: step?.email ?? email, address: readAddress(reader), device, known };
  // A client that has gone while it waited needs no answer.
  const refused = await passDoor(asking, async () => (socket.destroyed ? undefined : handle()));
  if (!refused) return;
  const { status, code, message, retryAfter } = refused;
  response.writeHead(status, {
    "content-type": "application/json",
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
    "retry-after": String(retryAfter),
  });
  response.end(JSON.stringify({ code, message }));
}
