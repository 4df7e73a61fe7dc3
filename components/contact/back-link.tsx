"use client";
import { ArrowLeft } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useCommands } from "@/components/keys/obeyed";
import { deskWords } from "@/lib/desk/wording";

/** Leads from a contact's own page back to its list; Escape does the same. */
export function BackLink({ href }: { href: string }) {
  const router = useRouter();
  useCommands("contact", { back: () => () => router.push(href) });
  return (
    <Link href={href} className="inline-flex items-center gap-1.5 rounded text-ink-2 hover:text-ink hover:underline">
      <ArrowLeft size={14} aria-hidden="true" />
      {deskWords.backToInbox}
    </Link>
  );
}
