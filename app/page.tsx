import { redirect } from "next/navigation";

/** The front door leads to the inbox. */
export default function HomePage() {
  redirect("/contacts");
}
