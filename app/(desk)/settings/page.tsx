import type { Metadata } from "next";
import { DeskSettingsForm } from "@/components/staff/desk-settings-form";
import { PageFrame } from "@/components/staff/page-frame";
import { Section } from "@/components/staff/section";
import { getDeskSettings, listTimeZones } from "@/lib/desk/settings";
import { requireStaff } from "@/lib/staff/session";

export const metadata: Metadata = { title: "Settings" };

/** The desk's settings. Admins. */
export default async function SettingsPage() {
  await requireStaff("admin");
  const { name, timeZone } = await getDeskSettings();
  const known = listTimeZones();
  // A zone that the database keeps under an older name stays choosable.
  const timeZones = known.includes(timeZone) ? known : [timeZone, ...known];
  return (
    <PageFrame title="Settings">
      <Section title="Desk" description="The same for everybody who works here.">
        <DeskSettingsForm name={name} timeZone={timeZone} timeZones={timeZones} />
      </Section>
    </PageFrame>
  );
}
