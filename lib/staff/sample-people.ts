import { readSetting } from "@/lib/settings/settings";
import type { Role } from "./staff";

/** Somebody of the sample. */
export type SamplePerson = { id: string; email: string; name: string; role: Role };

/** The people of the sample. They exist only where sample data does, with a password that each installation makes. */
export const sampleStaff = [
  { id: "5a3b1c00-0000-4000-8000-000000000001", email: "ada@example.com", name: "Ada Lindgren", role: "admin" },
  { id: "5a3b1c00-0000-4000-8000-000000000002", email: "milo@example.com", name: "Milo Brandt", role: "manager" },
  { id: "5a3b1c00-0000-4000-8000-000000000003", email: "tomo@example.com", name: "Tomo Sato", role: "agent" },
] as const satisfies readonly SamplePerson[];

/**
 * The sample people whom the sign-in page names: those who had the sample's password when the desk was started. Empty
 * on every desk with a database of its own. It asks no database, because strangers may ask for the page at any rate.
 * @throws SettingError
 */
export function listSamplePeople(): SamplePerson[] {
  const emails = readSetting("SAMPLE_SIGN_INS");
  return sampleStaff.filter(({ email }) => emails.includes(email));
}
