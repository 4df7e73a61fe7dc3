import "server-only";
import { getViewer } from "@/lib/desk/viewer";
import { parseFilter } from "@/lib/filter/url";
import type { Staff } from "@/lib/staff/staff";
import type { LiveEvent } from "./news";
import { parseLive } from "./request";
import { getWatcher } from "./watcher";

/** Unread bytes at which a browser is disconnected. When it returns it is told what it missed. */
const mostUnread = 256 * 1024;

/** Ms after which a browser reconnects when its stream was cut. */
const comeBack = 2_000;

const headers = {
  "x-content-type-options": "nosniff",
  // no-transform: with compression an event would wait for the next ones.
  "cache-control": "private, no-store, no-transform",
};

type Wanted = {
  params: URLSearchParams;
  lastEventId: string | null;
  staff: Pick<Staff, "id" | "sessionId">;
  signal: AbortSignal;
};

/**
 * The HTTP answer for live news: a stream of server-sent events while the session is valid, or a sentence with an
 * error. It holds no database connection.
 * @throws DatabaseError
 */
export async function answerLive({ params, lastEventId, staff, signal }: Wanted): Promise<Response> {
  const request = parseLive(params, lastEventId);
  if (!request) return answerLivePlainly(400, "The desk cannot read that request.");
  // Unusable parts of the filter are dropped here as on the page, so that both show the same list.
  const filter = request.list === null ? null : parseFilter(new URLSearchParams(request.list)).filter;
  const { after, since } = request;
  const list = filter && { filter, viewer: await getViewer(staff) };
  let leave: (() => void) | null = null;
  let open = true;
  const body = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        const encoder = new TextEncoder();
        const write = (text: string) => open && controller.enqueue(encoder.encode(text));
        const close = () => {
          if (open) controller.close();
          open = false;
        };
        write(`retry: ${comeBack}\n\n`);
        leave = getWatcher().join({
          tab: crypto.randomUUID(),
          staffId: staff.id,
          sessionId: staff.sessionId,
          list,
          contact: request.contact,
          since: after === null ? { at: since, clock: "server" } : { at: after, clock: "database" },
          send(event, at) {
            write(printEvent(event, at));
            if (open && (controller.desiredSize ?? 0) <= 0) leave?.();
          },
          close,
        });
        signal.addEventListener("abort", () => leave?.());
      },
      cancel() {
        open = false;
        leave?.();
      },
    },
    new ByteLengthQueuingStrategy({ highWaterMark: mostUnread }),
  );
  if (!leave) return answerLivePlainly(503, "Too many people are listening. Reload to see others' changes.", 30);
  return new Response(body, {
    headers: { ...headers, "content-type": "text/event-stream; charset=utf-8", "x-accel-buffering": "no" },
  });
}

function printEvent({ name, data }: LiveEvent, at: number | null): string {
  const id = at === null ? "" : `id: ${Math.floor(at)}\n`;
  return `event: ${name}\n${id}data: ${JSON.stringify(data)}\n\n`;
}

/** A sentence instead of a stream. `retryAfter` in seconds. */
export function answerLivePlainly(status: number, words: string, retryAfter?: number): Response {
  const told = { ...headers, "content-type": "text/plain; charset=utf-8" };
  return new Response(`${words}\n`, {
    status,
    headers: retryAfter === undefined ? told : { ...told, "retry-after": String(retryAfter) },
  });
}
