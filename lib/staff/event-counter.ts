/** Seconds over which equal events are counted. */
const seconds = 60;

/** How many equal events of that time are written one by one; the rest is one line with their count. */
export const linesEach = 10;

/** How many kinds of equal events are told apart within that time; the rest is counted by the event's name alone. */
export const keysApart = 200;

type CountedEvent = { event: string };

/**
 * Gives a function that passes events on to `write`, each at once, until there are too many: of equal ones the first
 * `linesEach` of a minute, the others as one event with `count` and `seconds` when the minute is over. Equal is what has
 * the same fields. So a minute has at most (`keysApart` + names of events) × (`linesEach` + 1) lines.
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
    // The timer keeps no process alive that has nothing else to do.
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
