import { createRandom } from "./random";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const SAMPLE_DAYS = 365;

/** What happens when in the sample year, in days before its end. */
const SPAM_WAVE = { from: 68, to: 61, weight: 2.6 };
const INCIDENT = 17;

// Share of a working day's submissions by hour, 0 to 23 o'clock, central European winter time.
const HOURS = [1, 1, 1, 1, 1, 2, 5, 12, 26, 40, 46, 42, 28, 32, 44, 42, 34, 22, 14, 10, 9, 7, 4, 2];

export type Calendar = {
  /** Milliseconds (UTC) at which the sample ends. */
  until: number;
  /** When the visitor with the given rank (0 to 1 through the year) writes, in milliseconds. */
  at: (rank: number) => number;
  /** Which share of an instant's submissions is spam. */
  spamShare: (at: number) => number;
  /** Whether the document pipeline was broken at an instant. */
  isIncident: (at: number) => boolean;
};

/** The year before `until`: busy on weekdays and in working hours, growing slowly, with one week of spam. */
export function sampleCalendar(seed: number, until: number): Calendar {
  const hours = SAMPLE_DAYS * 24;
  const start = until - hours * HOUR;
  const mood = createRandom(seed, 0, 900);
  const moods = Array.from({ length: SAMPLE_DAYS + 2 }, () => 0.8 + mood.next() * 0.4);
  const genuine = (at: number) => {
    const local = new Date(at + HOUR);
    const weekday = local.getUTCDay();
    const weekend = weekday === 0 || weekday === 6;
    const month = local.getUTCMonth();
    const day = local.getUTCDate();
    const holidays = (month === 11 && day > 22) || (month === 0 && day < 4) ? 0.3 : month === 7 ? 0.75 : 1;
    const growth = 0.8 + (0.4 * (at - start)) / (hours * HOUR);
    const hour = HOURS[local.getUTCHours()] ?? 1;
    const noise = moods[Math.floor((at - start) / DAY)] ?? 1;
    return (weekend ? 6 + hour * 0.16 : hour) * holidays * growth * noise;
  };
  // The incident falls on a working day, else nobody would have noticed.
  const weekday = new Date(until - INCIDENT * DAY + HOUR).getUTCDay();
  const incident = until - (INCIDENT + (weekday === 0 ? -1 : weekday === 6 ? 1 : 0)) * DAY;
  const daysBefore = (at: number) => (until - at) / DAY;
  const wave = (at: number) =>
    daysBefore(at) <= SPAM_WAVE.from && daysBefore(at) > SPAM_WAVE.to ? 17 * SPAM_WAVE.weight : 0;

  const sums = new Float64Array(hours + 1);
  for (let i = 0; i < hours; i++) {
    const at = start + i * HOUR;
    sums[i + 1] = (sums[i] ?? 0) + genuine(at) + wave(at);
  }
  const total = sums[hours] ?? 1;
  return {
    until,
    at: (rank) => {
      const wanted = rank * total;
      let [low, high] = [0, hours];
      while (high - low > 1) {
        const middle = (low + high) >> 1;
        if ((sums[middle] ?? 0) <= wanted) low = middle;
        else high = middle;
      }
      const [before, after] = [sums[low] ?? 0, sums[low + 1] ?? 1];
      return Math.min(Math.floor(start + (low + (wanted - before) / (after - before)) * HOUR), until - 1);
    },
    spamShare: (at) => Math.max(0.02, wave(at) / (wave(at) + genuine(at))),
    isIncident: (at) => at >= incident && at < incident + DAY,
  };
}
