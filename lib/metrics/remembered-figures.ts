import "server-only";
import cluster from "node:cluster";
import { Prisma } from "@/generated/prisma/client";
import { describeDatabaseError } from "@/lib/database/errors";
import { inTransaction } from "@/lib/database/query";
import { ofProcess } from "@/lib/runtime/of-process";
import { gather, tellWhenAsked } from "@/lib/server/measures/gather";
import { type Figures, readers } from "./figures";

type Name = keyof Figures;

const names = ["desk", "contacts", "documents"] as const satisfies Name[];

/**
 * Milliseconds for which a figure is kept. Counting contacts scans an index, 0.4 s per million. An index on the status
 * would be smaller but no faster, so they are counted once a minute.
 */
const keepFor: Record<Name, number> = { desk: 10_000, contacts: 60_000, documents: 60_000 };

/** Time limit of one figure in milliseconds: enough for ten million contacts on a machine that is not too busy. */
const readWithin = 5_000;

/**
 * A figure is kept for at least this many times as long as it took to read. So reading uses at most this fraction of
 * the time.
 */
const restFactor = 20;

/** Milliseconds that a request waits for figures that are being read. */
const patience = 1_500;

/** Milliseconds after which a figure is too old to be reported. */
const oldest = 900_000;

/**
 * `at`: when the figure was last read, or first asked for. `until`: when it is due again. Both by `performance.now()`.
 */
type Known<T> = { value: T | null; at: number; until: number };

type Remembered = { known: { [N in Name]: Known<Figures[N]> }; reading: Promise<void> | null };

/** The known figures that are not too old, and the seconds since each was read or first asked for. */
export type KnownFigures = { figures: { [N in Name]: Figures[N] | null }; ages: Record<Name, number> };

/** The figures as last read. Asks neither the database nor another process. */
export function listKnownFigures(): KnownFigures {
  const { known } = remembered();
  const now = performance.now();
  const tell = <N extends Name>(name: N) => (now - known[name].at < oldest ? known[name].value : null);
  const age = (name: Name) => (now - known[name].at) / 1_000;
  return {
    figures: { desk: tell("desk"), contacts: tell("contacts"), documents: tell("documents") },
    ages: { desk: age("desk"), contacts: age("contacts"), documents: age("documents") },
  };
}

/**
 * The figures. Those that are due are read again, however often and by whomever they are requested. A figure that
 * exceeds its time limit keeps its value, because that does not mean that the database failed. Resolves within 1.5 s
 * and never rejects.
 */
export async function getFigures(): Promise<KnownFigures> {
  const all = remembered();
  if (isDue(all.known)) {
    all.reading ??= renew(all).finally(() => {
      all.reading = null;
    });
    let timer: NodeJS.Timeout | undefined;
    const tooLate = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, patience);
    });
    await Promise.race([all.reading, tooLate]);
    clearTimeout(timer);
  }
  return listKnownFigures();
}

function remembered(): Remembered {
  return ofProcess("figures", () => {
    const nothing = () => ({ value: null, at: performance.now(), until: 0 });
    const fresh: Remembered = { known: { desk: nothing(), contacts: nothing(), documents: nothing() }, reading: null };
    tellWhenAsked("figures", () => tellKnown(fresh));
    return fresh;
  });
}

function isDue(known: Remembered["known"]): boolean {
  return names.some((name) => known[name].until < performance.now());
}

/** Takes over what other processes of this server have read, then reads what is still due. */
async function renew({ known }: Remembered): Promise<void> {
  if (cluster.isWorker) for (const told of await gather<ToldFigures[]>("figures").catch(() => [])) adopt(known, told);
  // One after the other, each in its own transaction: they use one connection, and a failure does not affect the
  // others.
  for (const name of names) if (known[name].until < performance.now()) await readAgain(name, known[name]);
}

/** Figures that a process sends to another, with `at` and `until` in ms relative to now. */
type ToldFigures = { [N in Name]: Known<Figures[N]> };

function adopt(known: Remembered["known"], told: ToldFigures): void {
  const now = performance.now();
  const take = <T>(own: Known<T>, other: Known<T>) => {
    // This also takes over that a count was recently too slow, so that it is not tried again at once.
    own.until = Math.max(own.until, now + other.until);
    if (other.value !== null && (own.value === null || now + other.at > own.at)) {
      Object.assign(own, { value: other.value, at: now + other.at });
    }
  };
  take(known.desk, told.desk);
  take(known.contacts, told.contacts);
  take(known.documents, told.documents);
}

/** What this process knows, for the other processes of its server. */
function tellKnown({ known }: Remembered): ToldFigures {
  const now = performance.now();
  const tell = <T>({ value, at, until }: Known<T>) => ({ value, at: at - now, until: until - now });
  return { desk: tell(known.desk), contacts: tell(known.contacts), documents: tell(known.documents) };
}

async function readAgain<N extends Name>(name: N, known: Known<Figures[N]>): Promise<void> {
  const began = performance.now();
  let taken = 0;
  try {
    known.value = await inTransaction(
      "count",
      async (run) => {
        // Nobody waits for these figures, so they use one processor only, without parallel workers.
        await run(Prisma.sql`
          select
            set_config('max_parallel_workers_per_gather', '0', true),
            set_config('statement_timeout', ${String(readWithin)}, true)`);
        return await readers[name](run);
      },
      "read only",
    );
    known.at = performance.now();
    taken = known.at - began;
  } catch (error) {
    // Only a statement that was too slow used the database's time. A missing connection did not.
    if (describeDatabaseError(error).code === "too_slow") taken = performance.now() - began;
  }
  known.until = performance.now() + Math.max(keepFor[name], restFactor * taken);
}
