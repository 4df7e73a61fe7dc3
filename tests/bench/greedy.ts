import { once } from "node:events";
import { readFileSync } from "node:fs";
import { Agent, type IncomingMessage, request } from "node:http";
import type { Greed } from "./greed";

// Somebody who asks for as much as they can, in a process of their own, so that whoever measures beside them does not also do
// their work. Ends at SIGTERM and prints what it was told: how often each status.

const [, , base = "", told = ""] = process.argv;
const { asks, atOnce, hold = false }: Greed = JSON.parse(readFileSync(told, "utf8"));
const agent = new Agent({ keepAlive: true });
const answers: Record<string, number> = {};
const ended = once(process, "SIGTERM");
let going = true;
let next = 0;

function send({ path, cookie, action }: Greed["asks"][number]): Promise<IncomingMessage> {
  const called = action && { origin: base, "next-action": action.id, "content-type": "text/plain;charset=UTF-8" };
  const headers = { cookie, accept: action ? "text/x-component" : "text/html", ...called };
  return new Promise((resolve, reject) => {
    const sent = request(`${base}${path}`, { agent, method: action ? "POST" : "GET", headers }, resolve);
    sent.once("error", reject);
    sent.end(action && JSON.stringify(action.args));
  });
}

async function ask(): Promise<void> {
  const wanted = asks[next++ % asks.length];
  if (!wanted) return;
  const answer = await send(wanted);
  const status = String(answer.statusCode);
  answers[status] = (answers[status] ?? 0) + 1;
  answer.resume();
  answer.on("error", () => undefined);
  if (!hold) await once(answer, "close");
}

async function work(): Promise<void> {
  while (going && !(hold && next >= asks.length)) {
    await ask().catch(() => {
      answers.failed = (answers.failed ?? 0) + 1;
    });
  }
}

for (let each = 0; each < atOnce; each++) void work();
console.log("Ready");
await ended;
going = false;
console.log(JSON.stringify(answers));
process.exit(0);
