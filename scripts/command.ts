import { SettingError } from "@/lib/settings/settings";
import { Stop } from "./stop";

const endings: (() => Promise<void> | void)[] = [];
let ending: Promise<void> | null = null;

/** Remembers what must be undone however the command ends; the last comes first. */
export function atEnd(undo: () => Promise<void> | void): void {
  endings.push(undo);
}

/**
 * Runs a command. A Stop or a wrong setting becomes one sentence and exit code 1; Ctrl-C and SIGTERM undo what
 * `atEnd` remembers and leave. `work` gives the exit code.
 */
export async function runCommand(work: () => Promise<number>): Promise<never> {
  for (const [signal, code] of [
    ["SIGINT", 130],
    ["SIGTERM", 143],
    ["SIGHUP", 129],
  ] as const) {
    process.on(signal, () => void leave(stopsCleanly ? 0 : code));
  }
  process.on("unhandledRejection", fail);
  process.on("uncaughtException", fail);
  try {
    return await leave(await work());
  } catch (error) {
    return fail(error);
  }
}

let stopsCleanly = false;

/** From here on, being told to stop is how the command is meant to end: exit code 0. */
export function expectStop(): void {
  stopsCleanly = true;
}

/** Whether the command is on its way out: what children say about being stopped is then no news. */
export function isEnding(): boolean {
  return ending !== null;
}

async function leave(code: number): Promise<never> {
  // Called twice by one Ctrl-C: the terminal tells the whole group, and npm hands it on as well.
  ending ??= undoAll();
  await ending;
  process.exit(code);
}

async function undoAll(): Promise<void> {
  for (let undo = endings.pop(); undo; undo = endings.pop()) {
    try {
      await undo();
    } catch (error) {
      console.error(describe(error));
    }
  }
}

function fail(error: unknown): Promise<never> {
  if (!isEnding()) console.error(describe(error));
  return leave(1);
}

function describe(error: unknown): string {
  if (error instanceof Stop || error instanceof SettingError) return error.message;
  // Not foreseen: its name and code say enough to search for; its message might repeat a connection string.
  const { name, code, stack } = error as { name?: string; code?: string; stack?: string };
  const place = stack?.match(/\((?:file:\/\/)?(?:[^)]*\/)?((?:scripts|lib|prisma)\/[^)]+)\)/)?.[1];
  const details = [name, code, place && `at ${place}`].filter(Boolean).join(" ");
  return `Contact Desk stopped because of something unforeseen: ${details || "an unknown error"}.`;
}
