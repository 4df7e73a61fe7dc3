import { SettingError } from "@/lib/settings/settings";
import { Stop } from "./stop";

const endings: (() => Promise<void> | void)[] = [];
let ending: Promise<void> | null = null;

/** Registers clean-up work for the end of the command, however it ends. The last registered runs first. */
export function atEnd(undo: () => Promise<void> | void): void {
  endings.push(undo);
}

/**
 * Runs a command. `work` returns the exit code. A Stop or a wrong setting becomes one sentence and exit code 1. Ctrl-C
 * and SIGTERM run the work registered with `atEnd`, then exit.
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

/** From now on a signal to stop is the normal end of the command, with exit code 0. */
export function expectStop(): void {
  stopsCleanly = true;
}

/** Whether the command is ending. Errors of children that are being stopped are then expected. */
export function isEnding(): boolean {
  return ending !== null;
}

async function leave(code: number): Promise<never> {
  // One Ctrl-C arrives twice: the terminal signals the whole group, and npm passes it on as well.
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
  // Unexpected. Name and code are enough to search for; the message might contain a connection string.
  const { name, code, stack } = error as { name?: string; code?: string; stack?: string };
  const frame = stack?.match(/\((?:file:\/\/)?(?:[^)]*\/)?((?:scripts|lib|prisma)\/[^)]+)\)/)?.[1];
  const details = [name, code, frame && `at ${frame}`].filter(Boolean).join(" ");
  return `Contact Desk stopped because of something unforeseen: ${details || "an unknown error"}.`;
}
