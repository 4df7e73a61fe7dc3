const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** Whether an instant can be shown: it is a valid date, and not one of the two that stand for 'infinity'. */
export function isKnownInstant(instant: Date): boolean {
  return Math.abs(instant.getTime()) < 8.64e15;
}

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const clocks = new Map<string, Intl.DateTimeFormat>();

/** A year in people's words: "2026", "45 AD", "45 BC". Counted as astronomers do, with a year 0, which is 1 BC. */
function describeYear(year: number): string {
  if (year < 1) return `${1 - year} BC`;
  return year < 1_000 ? `${year} AD` : String(year);
}

/** A year as ISO 8601 has it; outside 0 to 9999 with a sign and six digits. */
function printYear(year: number): string {
  if (year >= 0 && year <= 9_999) return String(year).padStart(4, "0");
  return `${year < 0 ? "-" : "+"}${String(Math.abs(year)).padStart(6, "0")}`;
}

/** The date and time in a zone at an instant. Without a library, because this is part of every page's JavaScript. */
function readClock(instant: Date, zone: string) {
  const clock =
    clocks.get(zone) ??
    new Intl.DateTimeFormat("en-US", {
      timeZone: zone,
      weekday: "short",
      day: "numeric",
      month: "numeric",
      year: "numeric",
      era: "short",
      hour: "2-digit",
      minute: "2-digit",
      second: "2-digit",
      hourCycle: "h23",
    });
  clocks.set(zone, clock);
  const parts: Record<string, string> = {};
  for (const { type, value } of clock.formatToParts(instant)) parts[type] = value;
  const { weekday = "" } = parts;
  // Before Christ there is no year 0.
  const year = parts.era === "BC" ? 1 - Number(parts.year) : Number(parts.year);
  const month = Number(parts.month) - 1;
  const twoDigits = (value: number | string | undefined) => String(value).padStart(2, "0");
  return {
    name: `${printYear(year)}-${twoDigits(month + 1)}-${twoDigits(parts.day)}`,
    date: `${parts.day} ${months[month]} ${describeYear(year)}`,
    time: `${parts.hour}:${parts.minute}`,
    second: parts.second,
    weekday,
    // Counted in UTC, where every day has 24 hours.
    dayNumber: new Date(0).setUTCFullYear(year, month, Number(parts.day)) / day,
  };
}

/** Longer than the longest time by which any zone has ever turned its clocks back, except for whole days. */
const longestTurn = 3 * hour;

/** Minutes by which a zone's clock was ahead of UTC. Seconds, which zones had before 1972, are cut alike everywhere. */
function offsetIn(zone: string, time: number): number {
  const { dayNumber, time: shown } = readClock(new Date(time), zone);
  const [hours = 0, minutes = 0] = shown.split(":").map(Number);
  return dayNumber * 24 * 60 + hours * 60 + minutes - Math.floor(time / minute);
}

/**
 * The time on a zone's clock: "09:41". In an hour that the clock shows twice, because it was turned back, with its
 * offset: "02:30 (UTC+1)".
 */
function sayTime(instant: Date, zone: string, shown: string): string {
  const time = instant.getTime();
  const offset = offsetIn(zone, time);
  const isTwin = (other: number) => other !== offset && offsetIn(zone, time + (offset - other) * minute) === other;
  const again = [time - longestTurn, time + longestTurn].some((near) => isTwin(offsetIn(zone, near)));
  return again ? `${shown} (${printOffset(offset)})` : shown;
}

/** "UTC+1", "UTC-3:30", "UTC". @param offset in minutes */
function printOffset(offset: number): string {
  if (offset === 0) return "UTC";
  const [hours, minutes] = [Math.floor(Math.abs(offset) / 60), Math.abs(offset) % 60];
  return `UTC${offset < 0 ? "-" : "+"}${hours}${minutes > 0 ? `:${String(minutes).padStart(2, "0")}` : ""}`;
}

/**
 * The calendar day in a zone (an IANA name) at an instant, as YYYY-MM-DD; ISO 8601 has a sign in years before 0 and
 * after 9999. @throws RangeError for an unknown zone
 */
export function dayIn(zone: string, instant: Date): string {
  return readClock(instant, zone).name;
}

/**
 * An instant on the desk's clock, with its zone: "22 Nov 2026, 09:41 Europe/Berlin", or in an hour that comes twice
 * "25 Oct 2026, 02:30 (UTC+1) Europe/Berlin".
 * @param zone an IANA name
 * @throws RangeError for an unknown zone
 */
export function formatInstant(instant: Date, zone: string): string {
  if (!isKnownInstant(instant)) return "Unknown time";
  const { date, time } = readClock(instant, zone);
  return `${date}, ${sayTime(instant, zone, time)} ${zone}`;
}

/** A day (YYYY-MM-DD) as the desk shows it: "22 Nov 2026". "" stays so. */
export function printDay(day: string): string {
  const [year, month, date] = day.split("-");
  const name = months[Number(month) - 1];
  return name ? `${Number(date)} ${name} ${year}` : day;
}

/**
 * Only the time of day on the desk's clock: "09:41", and with `seconds` "09:41:07". @throws RangeError for an unknown
 * zone
 */
export function formatTime(instant: Date, zone: string, seconds = false): string {
  const { time, second } = readClock(instant, zone);
  return sayTime(instant, zone, seconds ? `${time}:${second}` : time);
}

/**
 * How long ago, in the largest whole unit: "now", "4 min", "3 h", "12 d", "5 mo", "2 y". A month counts as 30 days and
 * a year as 365. A future instant, from a clock that runs fast, is "now".
 */
export function formatAge(instant: Date, now: Date): string {
  const age = now.getTime() - instant.getTime();
  if (!isKnownInstant(instant)) return "unknown";
  if (age < minute) return "now";
  if (age < hour) return `${Math.floor(age / minute)} min`;
  if (age < day) return `${Math.floor(age / hour)} h`;
  if (age < 30 * day) return `${Math.floor(age / day)} d`;
  if (age < 365 * day) return `${Math.floor(age / (30 * day))} mo`;
  return `${Math.floor(age / (365 * day))} y`;
}

/** When something is due, from now: "in 2 h", "late 3 h", "now" within a minute of it. */
export function formatDue(due: Date, now: Date): string {
  const age = formatAge(due > now ? now : due, due > now ? due : now);
  return age === "now" ? "now" : `${due > now ? "in" : "late"} ${age}`;
}

/** How long something has been running, in words: "started just now", "up 5 min", "up 3 d". */
export function formatRunningTime(startedAt: Date, now: Date): string {
  const age = formatAge(startedAt, now);
  if (age === "now") return "started just now";
  return age === "unknown" ? "running for an unknown time" : `up ${age}`;
}

/**
 * A near instant on the desk's clock: "16:30" today, "yesterday 09:00", "tomorrow 09:00", "Mon 09:00" within the week.
 * Any other is "3 Jan 2027, 09:00".
 * @param zone an IANA name
 * @throws RangeError for an unknown zone
 */
export function formatNear(instant: Date, zone: string, now: Date): string {
  if (!isKnownInstant(instant)) return "an unknown time";
  const { date, time: shown, weekday, dayNumber } = readClock(instant, zone);
  const time = sayTime(instant, zone, shown);
  const days = dayNumber - readClock(now, zone).dayNumber;
  if (days === 0) return time;
  if (days === 1) return `tomorrow ${time}`;
  if (days === -1) return `yesterday ${time}`;
  return days > 1 && days < 7 ? `${weekday} ${time}` : `${date}, ${time}`;
}
