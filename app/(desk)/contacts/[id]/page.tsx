import type { Metadata } from "next";
import { parseContactId } from "@/lib/contact/identifier";
import type { SearchParams } from "@/lib/desk/search-params";
import { requireStaff } from "@/lib/staff/session/session";
import { ContactPage, contactMetadata } from "./contact-page";

type Props = { params: Promise<{ id: string }>; searchParams: Promise<SearchParams> };

export async function generateMetadata({ params, searchParams }: Props): Promise<Metadata> {
  return contactMetadata(parseContactId((await params).id), await searchParams);
}

/** One contact: `/contacts/ID`, the id percent-encoded. */
export default async function Page({ params, searchParams }: Props) {
  await requireStaff();
  return <ContactPage id={parseContactId((await params).id)} query={await searchParams} />;
}
