import { Client } from "pg";
import { hashPassword } from "@/lib/staff/password/password";
import { sampleStaff } from "@/lib/staff/sample-people";
import { sampleTargets, sampleViews, sampleWeek } from "./sample/desk";
import { countForeignContacts, generateSample } from "./sample/generate";

export type SampleSummary = { contacts: number; documents: number; files: number };

/**
 * Fills an empty desk with the sample: three people with shared views and
 * office hours, a year of contacts ending at `until`, real files below `documentsDir`.
 * Returns null, having done nothing, where there are contacts already. Only for the embedded database: all three people get
 * the same `password`, which is printed.
 */
export async function seedSample(options: {
  directUrl: string;
  documentsDir: string;
  password: string;
  until?: Date;
  contacts?: number;
  timeZone?: string;
}): Promise<SampleSummary | null> {
  const client = new Client({ connectionString: options.directUrl });
  await client.connect();
  try {
    if ((await countForeignContacts(client)).contacts > 0) return null;
    const hash = await hashPassword(options.password);
    for (const { id, email, name, role } of sampleStaff) {
      await client.query(
        "insert into staff (id, email, name, role, password_hash) values ($1, $2, $3, $4, $5) on conflict do nothing",
        [id, email, name, role, hash],
      );
    }
    await client.query("update desk_settings set time_zone = $1 where time_zone = 'UTC'", [
      options.timeZone ?? "Europe/Berlin",
    ]);
    const written = await generateSample(client, {
      contacts: options.contacts ?? 5_000,
      until: options.until ?? new Date(),
      staff: sampleStaff.map((person) => person.id),
      documentsDir: options.documentsDir,
      odd: true,
      stories: true,
      views: 6,
    });
    await client.query(
      "update desk_settings set business_week = $1, response_targets = $2 where business_week is null and response_targets is null",
      [JSON.stringify(sampleWeek), JSON.stringify(sampleTargets)],
    );
    for (const [position, { owner, name, filter }] of sampleViews.entries()) {
      await client.query(
        "insert into views (owner_id, name, shared, filter, position) values ($1, $2, true, $3, $4) on conflict do nothing",
        [owner.id, name, filter, position + 1],
      );
    }
    return written;
  } finally {
    await client.end();
  }
}
