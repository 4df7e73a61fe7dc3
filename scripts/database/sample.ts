import pg from "pg";
import type { ConnectionSettings } from "@/lib/database/settings";
import { hashPassword, verifyPassword } from "@/lib/staff/password/password";
import { sampleStaff } from "@/lib/staff/sample-people";
import { seedSample } from "@/prisma/seed";
import { provideSamplePassword, readSamplePassword } from "./sample-password";

export type SampleSignIn = { email: string; role: string; password: string };

type Desk = {
  owner: ConnectionSettings;
  /** The folder for the sample documents' files. */
  documentsDir: string;
  /** The folder of the sample password. */
  dataFolder: string;
};

/** The password of every sample until 29 November 2026. */
const formerPassword = "sample-desk-sign-in";

/**
 * Fills the built-in database with sample contacts if it has none.
 * @returns the sample people who still have the sample password
 */
export async function fillWithSample(desk: Desk, say: (line: string) => void): Promise<SampleSignIn[]> {
  const client = new pg.Client(desk.owner);
  await client.connect();
  try {
    const { rows } = await client.query("select from contact_submissions limit 1");
    if (!rows.length) {
      say("Filling the desk with a year of sample contacts…");
      const password = provideSamplePassword(desk.dataFolder);
      await seedSample({ directUrl: desk.owner.connectionString, documentsDir: desk.documentsDir, password });
    }
    const signIns: SampleSignIn[] = [];
    for (const { id, email, role, hash } of await listSampleStaff(client)) {
      const password = readSamplePassword(desk.dataFolder);
      if (password && (await verifyPassword(hash, password))) signIns.push({ email, role, password });
      else if (await verifyPassword(hash, formerPassword)) {
        signIns.push({ email, role, password: await replaceFormer(client, id, desk.dataFolder) });
      }
    }
    return signIns;
  } finally {
    await client.end();
  }
}

async function listSampleStaff(client: pg.Client) {
  const { rows } = await client.query<{ id: string; email: string; role: string; hash: string }>(
    `select id, email, role, password_hash as hash from staff
     where email = any($1) and disabled_at is null order by array_position($1, email)`,
    [sampleStaff.map(({ email }) => email)],
  );
  return rows;
}

/** Replaces the former password, which is public, by the installation's own, and ends the person's sessions. */
async function replaceFormer(client: pg.Client, id: string, dataFolder: string): Promise<string> {
  const password = provideSamplePassword(dataFolder);
  const hash = await hashPassword(password);
  await client.query(
    `with person as (update staff set password_hash = $2, updated_at = now() where id = $1 returning id)
     update staff_sessions s set ended_at = now() from person where s.staff_id = person.id and s.ended_at is null`,
    [id, hash],
  );
  return password;
}
