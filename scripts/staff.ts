import { parseArgs } from "node:util";
import { z } from "zod";
import { DatabaseError } from "@/lib/database/errors";
import { loadEnvironmentFile } from "@/lib/settings/environment-file";
import type { ChangeResult } from "@/lib/staff/change-result";
import { resetFactor } from "@/lib/staff/factor/second-factor";
import { changeDisabled, changeToFirstPassword, createStaff } from "@/lib/staff/people";
import { getStaffMember, listStaff } from "@/lib/staff/queries";
import { roles } from "@/lib/staff/staff";
import { emailSchema, nameSchema } from "@/lib/staff/staff-input";
import { runCommand } from "./command/command";
import { readPassword } from "./command/password-prompt";
import { Stop } from "./command/stop";

const usage = `Staff of the desk, from the server's console:
  npm run staff -- add EMAIL --role agent|manager|admin [--name NAME]
  npm run staff -- reset EMAIL
  npm run staff -- disable EMAIL
  npm run staff -- end-second-step EMAIL
  npm run staff -- list
add and reset ask for a password, or read it from standard input.`;

await runCommand(async () => {
  loadEnvironmentFile();
  const { command, email, role, name } = readArguments();
  try {
    if (command === "list") await list();
    else if (command === "add") await add(email, role, name);
    else if (command === "reset") await reset(email);
    else if (command === "disable") await disable(email);
    else if (command === "end-second-step") await endSecondStep(email);
    else throw new Stop(usage);
    return 0;
  } catch (error) {
    throw error instanceof DatabaseError ? new Stop(describe(error)) : error;
  }
});

function readArguments() {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { role: { type: "string" }, name: { type: "string" } },
    });
    const [command, email, ...rest] = positionals;
    if (rest.length > 0) throw new Stop(`What is "${rest.join(" ")}"? A name with spaces goes in quotes after --name.`);
    return { command, email, ...values };
  } catch (error) {
    throw error instanceof Stop ? error : new Stop(`${(error as Error).message.split(". ")[0]}.\n${usage}`);
  }
}

async function add(given: string | undefined, givenRole: string | undefined, givenName: string | undefined) {
  const email = parse(emailSchema, given);
  const role = z.enum(roles).safeParse(givenRole).data;
  if (!role) throw new Stop(`Say which role they have: --role ${roles.join(", --role ")}.`);
  const name = parse(nameSchema, givenName ?? nameFrom(email));
  // Checked before the prompt, so that nobody types a password in vain.
  if (await getStaffMember({ email })) throw new Stop(`${email} is on the list already.`);
  const password = await readPassword(`First password for ${email}`);
  settle(await createStaff("console", { email, name, role, password, mustChangePassword: true }));
  console.log(`Added ${name} <${email}> as ${role}. They choose their own password at the first sign-in.`);
}

async function reset(given: string | undefined) {
  const person = await getPerson(given);
  const password = await readPassword(`New password for ${person.email}`);
  settle(await changeToFirstPassword("console", person, password));
  console.log(`${person.email} is signed out and chooses their own password at the next sign-in.`);
}

async function disable(given: string | undefined) {
  const person = await getPerson(given);
  settle(await changeDisabled("console", person.id, true));
  console.log(`${person.email} is signed out and cannot sign in any more.`);
}

async function endSecondStep(given: string | undefined) {
  const person = await getPerson(given);
  settle(await resetFactor("console", person.id));
  console.log(`${person.email} is signed out and needs no code at the next sign-in.`);
}

async function list() {
  const people = await listStaff();
  if (people.length === 0)
    console.log("Nobody is on the list yet. Add the first admin: npm run staff -- add EMAIL --role admin");
  const width = Math.max(0, ...people.map(({ email }) => email.length));
  for (const { email, role, name, disabledAt, mustChangePassword } of people) {
    const state = disabledAt ? "disabled" : mustChangePassword ? "must change password" : "active";
    console.log(`${email.padEnd(width)}  ${role.padEnd(7)}  ${state.padEnd(20)}  ${name}`);
  }
}

async function getPerson(given: string | undefined) {
  const email = parse(emailSchema, given);
  const person = await getStaffMember({ email });
  if (!person) throw new Stop(`Nobody on the list has the e-mail ${email}.`);
  return person;
}

function parse<T>(schema: z.ZodType<T>, given: unknown): T {
  const parsed = schema.safeParse(given);
  if (!parsed.success) throw new Stop(parsed.error.issues[0]?.message ?? usage);
  return parsed.data;
}

/** "ada.lindgren@…" → "Ada Lindgren". */
function nameFrom(email: string): string {
  const words = (email.split("@")[0] ?? "").split(/[._+-]+/).filter(Boolean);
  return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join(" ");
}

function settle<T>(result: ChangeResult<T>): void {
  if (!result.ok) throw new Stop(result.message);
}

function describe(error: DatabaseError): string {
  const code = (error.cause as { code?: string } | undefined)?.code;
  if (code === "42P01") return "The database has no staff table yet: run npm run db:migrate first.";
  if (code === "42501") return "DATABASE_URL's role has no rights on the desk's tables: run npm run db:migrate first.";
  return error.message;
}
