import { createInterface } from "node:readline/promises";
import { describePlan } from "@/lib/database/migrate/migration-plan";
import type { MigrationPlan } from "@/lib/database/migrate/migrations";
import { readSetting } from "@/lib/settings/settings";

/**
 * Whether Contact Desk may adopt tables that it did not create: ADOPT=yes, or "yes" at the prompt that shows the plan.
 */
export async function askForConsent(plan: MigrationPlan): Promise<boolean> {
  if (readSetting("ADOPT") === "yes") return true;
  if (!process.stdin.isTTY) return false;
  const prompt = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return (await prompt.question(`${describePlan(plan)}\n\nAdopt this database? (yes/no) `)).trim() === "yes";
  } finally {
    prompt.close();
  }
}
