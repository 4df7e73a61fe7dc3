import { redirect } from "next/navigation";
import { requireStaff } from "@/lib/staff/session/session";
import { getInboxHref } from "@/lib/views/queries";

/** The front door leads to the inbox as the person begins it. */
export default async function HomePage() {
  const staff = await requireStaff();
  redirect(await getInboxHref(staff));
}
