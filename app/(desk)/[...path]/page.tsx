import { notFound } from "next/navigation";
import { requireStaff } from "@/lib/staff/session/session";

/** Every address that no other page has, so that what says so stands in the desk's frame. */
export default async function UnknownPage() {
  await requireStaff();
  notFound();
}
