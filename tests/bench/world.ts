import pg from "pg";

/** What every question works with. */
export type World = {
  /** A connection of the bench's own, as the owner: for ideals, and to have statements explained. */
  client: pg.Client;
  url: string;
  contacts: number;
  /** The desk's zone for the questions: one with summer time. */
  zone: string;
  /** The day of the newest contact in it. */
  today: string;
  /** Measurements of a question, queries in a random sample, and seconds under load. */
  repeat: number;
  sample: number;
  seconds: number;
};

/** Connects the bench to a database that the pool of this process uses too. */
export async function openWorld(
  url: string,
  { repeat, sample, seconds }: { repeat: number; sample: number; seconds: number },
): Promise<World> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query("set time zone 'UTC'");
  const zone = "Europe/Berlin";
  const { rows } = await client.query<{ contacts: number; today: string }>(
    `select count(*)::int as contacts, to_char(max("timestamp") at time zone $1, 'YYYY-MM-DD') as today from contact_submissions`,
    [zone],
  );
  const { contacts = 0, today = "" } = rows[0] ?? {};
  return { client, url, contacts, zone, today, repeat, sample, seconds };
}

/** A seeded random number from 0 to 1, so that every run asks the same. */
export function seededRandom(start: number): () => number {
  let seed = start;
  return () => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return seed / 2 ** 32;
  };
}
