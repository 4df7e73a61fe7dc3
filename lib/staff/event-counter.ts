/** The window over which equal events are counted, in seconds. */
const seconds = 60;

/** How many equal events of a window are written one by one; the rest become one line with their count. */
export const linesEach = 10;

/** How many kinds of events a window distinguishes; beyond that, events are counted by name alone. */
export const keysApart = 200;

type CountedEvent = { event: string };

/**
 * Gives a function that passes events on to `write`, with a limit on equal ones. Events are equal if all their fields
 * are. Of equal events, the first `linesEach` in a minute are written at once. The others become one event with `count`
 * and `seconds` at the end of the minute. So a minute has at most (`keysApart` + names of events) × (`linesEach` + 1)
 * lines.
 */
export function createEventCounter<Event extends CountedEvent>(
  write: (event: Event & { count?: number; seconds?: number }) => void,
): (event: Event) => void {
  let counts = new Map<string, { event: Event; written: number; more: number }>();

  const end = () => {
    const ended = counts;
    counts = new Map();
    for (const { event, more } of ended.values()) if (more > 0) write({ ...event, count: more, seconds });
  };

  return (event) => {
    // The timer does not keep the process alive.
    if (counts.size === 0) setTimeout(end, seconds * 1000).unref();
    const whole = JSON.stringify(event);
    const apart = counts.has(whole) || counts.size < keysApart;
    const key = apart ? whole : event.event;
    const known = counts.get(key) ?? { event: apart ? event : ({ event: event.event } as Event), written: 0, more: 0 };
    counts.set(key, known);
    if (known.written < linesEach) {
      known.written++;
      write(event);
    } else {
      known.more++;
    }
  };
}
