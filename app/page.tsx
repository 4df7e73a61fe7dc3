import { redirect } from "next/navigation";
import { requireStaff } from "@/lib/staff/session/session";
import { getInboxHref } from "@/lib/views/queries";

/** The root path redirects to the inbox, with the person's default view. */
export default async function HomePage() {
  const staff = await requireStaff();
  redirect(await getInboxHref(staff));
}
