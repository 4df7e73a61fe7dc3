import { join } from "node:path";
import pg from "pg";
import { verifyPassword } from "@/lib/staff/password";
import { SAMPLE_PASSWORD, sampleStaff } from "@/prisma/sample/staff";
import { seedSample } from "@/prisma/seed";
import type { DeskDatabase } from "./desk-database";
import { dataFolder } from "./embedded";

export type SampleSignIn = { email: string; role: string; password: string };

/**
 * Fills the built-in database with sample contacts if it has none.
 * @returns the sample people whose password is still the sample's
 */
export async function fillWithSample({ owner }: DeskDatabase, say: (line: string) => void): Promise<SampleSignIn[]> {
  const client = new pg.Client(owner);
  await client.connect();
  try {
    const { rows } = await client.query("select from contact_submissions limit 1");
    if (!rows.length) {
      say("Filling the desk with a year of sample contacts…");
      const documentsDir = process.env.DOCUMENTS_DIR ?? join(dataFolder, "documents");
      await seedSample({ directUrl: owner.connectionString, documentsDir });
    }
    const staff = await client.query<{ email: string; role: string; hash: string }>(
      `select email, role, password_hash as hash from staff
       where email = any($1) and disabled_at is null order by array_position($1, email)`,
      [sampleStaff.map(({ email }) => email)],
    );
    const signIns: SampleSignIn[] = [];
    for (const { email, role, hash } of staff.rows) {
      if (await verifyPassword(hash, SAMPLE_PASSWORD)) signIns.push({ email, role, password: SAMPLE_PASSWORD });
    }
    return signIns;
  } finally {
    await client.end();
  }
}
