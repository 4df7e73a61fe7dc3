import { join } from "node:path";
import pg from "pg";
import { verifyPassword } from "@/lib/staff/password";
import { SAMPLE_PASSWORD, sampleStaff } from "@/prisma/sample/staff";
import { seedSample } from "@/prisma/seed";
import type { DeskDatabase } from "./desk-database";
import { dataFolder } from "./embedded";

/**
 * Fills the built-in database with sample contacts if it has none.
 * @returns the sample sign-in, null once its password is no longer the sample's
 */
export async function fillWithSample(
  { owner }: DeskDatabase,
  say: (line: string) => void,
): Promise<{ email: string; password: string } | null> {
  const client = new pg.Client(owner);
  await client.connect();
  try {
    const { rows } = await client.query("select from contact_submissions limit 1");
    if (!rows.length) {
      say("Filling the desk with a year of sample contacts…");
      const documentsDir = process.env.DOCUMENTS_DIR ?? join(dataFolder, "documents");
      await seedSample({ directUrl: owner.connectionString, documentsDir });
    }
    const [{ email }] = sampleStaff;
    const staff = await client.query<{ hash: string }>(
      "select password_hash as hash from staff where lower(email) = lower($1) and disabled_at is null",
      [email],
    );
    const hash = staff.rows[0]?.hash;
    return hash && (await verifyPassword(hash, SAMPLE_PASSWORD)) ? { email, password: SAMPLE_PASSWORD } : null;
  } finally {
    await client.end();
  }
}
