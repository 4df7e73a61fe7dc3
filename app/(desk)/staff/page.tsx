import type { Metadata } from "next";
import { AddStaff } from "@/components/staff/people/add-staff";
import { StaffList } from "@/components/staff/people/staff-list";
import { staffWords } from "@/components/staff/words";
import { PageFrame } from "@/components/ui/form/page-frame";
import { getDeskSettings } from "@/lib/desk/settings";
import { getProvider } from "@/lib/staff/provider/settings";
import { listStaff } from "@/lib/staff/queries";
import { requireStaff } from "@/lib/staff/session/session";

export const metadata: Metadata = { title: staffWords.title };

/** The people of the desk, and what each may do. Admins only. */
export default async function StaffPage() {
  const staff = await requireStaff("admin");
  const [people, desk] = await Promise.all([listStaff(), getDeskSettings()]);
  const provider = getProvider();
  return (
    <PageFrame title={staffWords.title} beside={<AddStaff />}>
      <StaffList
        people={people}
        ownId={staff.id}
        timeZone={desk.timeZone}
        provider={provider && { name: provider.name, givesRoles: provider.roles !== null }}
      />
    </PageFrame>
  );
}
