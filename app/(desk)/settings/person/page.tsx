import type { Metadata } from "next";
import { ActList } from "@/components/people/act-list";
import { PersonFinder } from "@/components/people/person-finder";
import { personWords } from "@/components/people/words";
import { PageFrame } from "@/components/ui/form/page-frame";
import { Section } from "@/components/ui/form/settings-section";
import { getDeskSettings } from "@/lib/desk/settings";
import { listPersonActs } from "@/lib/people/queries";
import { requireStaff } from "@/lib/staff/session/session";

export const metadata: Metadata = { title: personWords.title };

/** What the desk holds about a person, to hand over and to remove. Admins only. */
export default async function PersonPage() {
  await requireStaff("admin");
  const [{ name, timeZone }, acts] = await Promise.all([getDeskSettings(), listPersonActs()]);
  return (
    <PageFrame title={personWords.title}>
      <Section title={personWords.find} description={personWords.findNote}>
        <PersonFinder desk={name} timeZone={timeZone} />
      </Section>
      <Section title={personWords.done} description={personWords.doneNote}>
        <ActList acts={acts} timeZone={timeZone} />
      </Section>
    </PageFrame>
  );
}
