import { createInterface } from "node:readline";
import { Writable } from "node:stream";
import { Stop } from "./stop";

/** Reads a password: typed twice without echo, or the first line of standard input if that is no terminal. */
export async function readPassword(question: string): Promise<string> {
  if (!process.stdin.isTTY) return readPiped();
  const first = await ask(`${question}: `);
  if (first !== (await ask("Repeat it: "))) throw new Stop("The two passwords differ.");
  return first;
}

async function readPiped(): Promise<string> {
  let text = "";
  for await (const chunk of process.stdin.setEncoding("utf8")) text += chunk;
  const [password = ""] = text.split(/\r?\n/);
  if (!password) throw new Stop("No password came from standard input.");
  return password;
}

function ask(question: string): Promise<string> {
  // readline echoes what is typed to its output, so this output discards everything.
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const prompt = createInterface({ input: process.stdin, output: silent, terminal: true });
  process.stdout.write(question);
  return new Promise((resolve, reject) => {
    prompt.once("SIGINT", () => reject(new Stop("Nothing was changed.")));
    prompt.once("close", () => reject(new Stop("Nothing was changed.")));
    prompt.question("", (answer) => resolve(answer));
  })
    .then((answer) => answer as string)
    .finally(() => {
      prompt.removeAllListeners("close");
      prompt.close();
      process.stdout.write("\n");
    });
}
