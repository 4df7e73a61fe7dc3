import type { Metadata } from "next";
import { checkContactId } from "@/lib/contact/identifier";
import type { SearchParams } from "@/lib/desk/search-params";
import { requireStaff } from "@/lib/staff/session/session";
import { ContactPage, contactMetadata } from "../[id]/contact-page";

type Props = { searchParams: Promise<SearchParams> };

export async function generateMetadata({ searchParams }: Props): Promise<Metadata> {
  const query = await searchParams;
  return contactMetadata(readId(query), query);
}

/** One contact whose id cannot be part of a path ('.', '..', 'open'): `/contacts/open?id=…`. */
export default async function Page({ searchParams }: Props) {
  await requireStaff();
  const query = await searchParams;
  return <ContactPage id={readId(query)} query={query} />;
}

function readId({ id }: SearchParams): string | null {
  return typeof id === "string" ? checkContactId(id) : null;
}
