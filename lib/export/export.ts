import "server-only";
import { setTimeout as pause } from "node:timers/promises";
import { worksAlone } from "@/lib/database/pool-shares";
import { inTransaction, type RunQuery } from "@/lib/database/query";
import { byteOrderMark, printLine, type Separator } from "@/lib/desk/csv";
import type { Viewer } from "@/lib/filter/viewer";
import { createFairQueue } from "@/lib/runtime/fair-queue";
import { exportFormats } from "./formats";
import { type Outcome, recordEnd, takeExportSlot } from "./record";
import type { ExportRequest } from "./request";
import { beginSnapshot, countInSnapshot, type ExportRow, readRows, type Snapshot } from "./rows";
import { printWorkbook } from "./workbook";

/** Milliseconds that a reader may stall, and that a whole export may take. Its snapshot delays vacuum. */
export const patience = { stalled: 60_000, whole: 3_600_000 };

export type ExportWanted = {
  /** Its row in contact_exports. */
  id: string;
  staffId: string;
  request: ExportRequest;
  viewer: Viewer;
  /** Aborted when the client has gone. */
  signal: AbortSignal;
};

/** An export that has begun: how many contacts it will hold, and its bytes, produced only as fast as they are read. */
export type Export = Snapshot & { body: ReadableStream<Uint8Array> };

/** Why an export was aborted, as the reason of its signal. */
class GivenUp extends Error {
  constructor(readonly outcome: Outcome) {
    super(`The export is given up: ${outcome}.`);
  }
}

/**
 * Begins an export on a separate connection, which is free within a second of the export's end, however it ends. Null
 * if the person has the maximum of exports running. If something ends it early the stream fails, so that a partial file
 * never looks complete. In every case its row in contact_exports gets the outcome and the number of contacts written.
 * @throws DatabaseError if it cannot even begin
 */
export function startExport({ id, staffId, request, viewer, signal }: ExportWanted): Promise<Export | null> {
  const ending = new AbortController();
  const giveUp = (outcome: Outcome) => ending.abort(new GivenUp(outcome));
  const { write, writer, body } = openPipe(giveUp, ending.signal);
  const end: { outcome: Outcome; matching: number | null; written: number } = {
    outcome: "failed",
    matching: null,
    written: 0,
  };

  /** The chunks, as they are taken. They end with an error unless they hold as many contacts as were counted. */
  const countChunks = async function* (run: RunQuery): AsyncGenerator<ExportRow[]> {
    const chunks = readRows(run, request, viewer);
    for (;;) {
      const { done, value = [] } = await chunks.next();
      if (done) break;
      yield value;
      end.written += value.length;
    }
    if (end.written !== end.matching) throw new Error("An export has other contacts than were counted.");
  };

  const work = async (run: RunQuery, begun: (begun: Export) => void) => {
    // All rows must come from one snapshot. If the replica broke off, a second try would be another snapshot, so it
    // fails.
    if (end.matching !== null) throw new Error("An export cannot begin twice.");
    await beginSnapshot(run, viewer.timeZone);
    if (!(await takeExportSlot(run, staffId))) return "refused";
    const snapshot = await countInSnapshot(run, request.filter, viewer);
    end.matching = snapshot.matching;
    begun({ ...snapshot, body });
    const file = printFile(request, snapshot.matching, countChunks(run));
    try {
      for (;;) {
        const { done, value } = await besideOthers(staffId, ending.signal, () => file.next());
        if (done) break;
        await write(value);
      }
    } finally {
      await file.return(undefined).catch(() => undefined);
    }
    return "finished";
  };

  return new Promise((resolve, reject) => {
    const leave = () => giveUp("left");
    if (signal.aborted) leave();
    signal.addEventListener("abort", leave);
    const whole = setTimeout(giveUp, patience.whole, "failed");
    inTransaction("export", (run) => work(run, resolve), "aside", ending.signal)
      .then(
        (outcome) => {
          end.outcome = outcome;
          resolve(null);
          return writer.close().catch(() => undefined);
        },
        (error: unknown) => {
          const { reason } = ending.signal;
          if (reason instanceof GivenUp) end.outcome = reason.outcome;
          reject(error);
          // Not awaited, because a stalled reader learns of the abort only when it reads again.
          writer.abort(error).catch(() => undefined);
        },
      )
      .finally(() => {
        clearTimeout(whole);
        signal.removeEventListener("abort", leave);
        return recordEnd(id, end);
      });
  });
}

const encoder = new TextEncoder();

/** A file's bytes, made as they are taken. */
function printFile(
  { columns, format }: ExportRequest,
  matching: number,
  chunks: AsyncGenerator<ExportRow[]>,
): AsyncGenerator<Uint8Array> {
  const { separator } = exportFormats[format];
  return separator === null ? printWorkbook(columns, matching, chunks) : printTable(columns, separator, chunks);
}

async function* printTable(
  columns: ExportRequest["columns"],
  separator: Separator,
  chunks: AsyncGenerator<ExportRow[]>,
): AsyncGenerator<Uint8Array> {
  yield encoder.encode(byteOrderMark + printLine(columns, separator));
  const print = (row: ExportRow) =>
    printLine(
      columns.map((key) => row[key] ?? null),
      separator,
    );
  for await (const rows of chunks) yield encoder.encode(rows.map(print).join(""));
}

/** While others work, an export pauses for this many times as long as its part took to make. */
const rest = 3;

/** The queue of exports while others work: one export at a time. */
const turns = createFairQueue({ alone: 1, total: 1, waiting: 1_000, patience: patience.whole });

/**
 * Makes a person's next part of a file. While others work, the exports of a process do so in turn and pause after each
 * part, so that other people get most of the time.
 */
async function besideOthers<R>(staffId: string, signal: AbortSignal, make: () => Promise<R>): Promise<R> {
  if (worksAlone()) return make();
  const turn = await turns.take(staffId, signal);
  try {
    signal.throwIfAborted();
    const began = performance.now();
    const part = await make();
    await pause((performance.now() - began) * rest, undefined, { signal });
    return part;
  } finally {
    if (turn.ok) turn.release();
  }
}

/**
 * A pipe whose writer waits for its reader, so that at most one chunk is in transit. If the reader leaves or stalls,
 * the export is aborted.
 */
function openPipe(giveUp: (outcome: Outcome) => void, ending: AbortSignal) {
  const pipe = new TransformStream<Uint8Array, Uint8Array>(undefined, undefined, { highWaterMark: 0 });
  const writer = pipe.writable.getWriter();
  writer.closed.catch(() => giveUp("left"));
  // An aborted stream waits for the pending write, and that write waits for the reader. This promise ends our wait.
  const ended = new Promise<never>((_resolve, reject) => {
    ending.addEventListener("abort", () => reject(ending.reason));
  });
  ended.catch(() => undefined);
  const write = async (bytes: Uint8Array) => {
    const stalled = setTimeout(giveUp, patience.stalled, "left");
    try {
      await Promise.race([writer.write(bytes), ended]);
    } catch (error) {
      giveUp("left");
      throw error;
    } finally {
      clearTimeout(stalled);
    }
  };
  return { write, writer, body: pipe.readable };
}
