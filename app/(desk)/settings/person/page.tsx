import type { Metadata } from "next";
import { ActList } from "@/components/people/act-list";
import { PersonFinder } from "@/components/people/person-finder";
import { PageFrame } from "@/components/ui/form/page-frame";
import { Section } from "@/components/ui/form/settings-section";
import { getDeskSettings } from "@/lib/desk/settings";
import { listPersonActs } from "@/lib/people/queries";
import { requireStaff } from "@/lib/staff/session/session";

export const metadata: Metadata = { title: "A person's data" };

/** What the desk holds about a person, to hand over and to remove. Admins only. */
export default async function PersonPage() {
  await requireStaff("admin");
  const [{ name, timeZone }, acts] = await Promise.all([getDeskSettings(), listPersonActs()]);
  return (
    <PageFrame title="A person's data">
      <Section title="Find somebody" description="Who wrote to you and asks what you keep of them, or to be forgotten.">
        <PersonFinder desk={name} timeZone={timeZone} />
      </Section>
      <Section title="What was done" description="Nobody is named here: what was removed is gone.">
        <ActList acts={acts} timeZone={timeZone} />
      </Section>
    </PageFrame>
  );
}
