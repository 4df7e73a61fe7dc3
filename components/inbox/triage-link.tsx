"use client";
import { Zap } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { KeyHint } from "@/components/keys/key-hint";
import { useCommands } from "@/components/keys/obeyed";
import { Button } from "@/components/ui/button";
import type { ContactFilter } from "@/lib/filter/filter";
import { triageHref } from "@/lib/triage/queue";
import { useNavigation } from "./navigation";

/** Leads from the filtered list to triage of just these contacts, in their order. The view comes along for the way back. */
export function TriageLink({ filter }: { filter: ContactFilter }) {
  const router = useRouter();
  const href = useNavigation().keepView(triageHref(filter));
  useCommands("list", { "triage these": () => () => router.push(href) });
  return (
    <Button asChild size="small" className="max-md:size-8 max-md:p-0">
      <Link
        href={href}
        prefetch={false}
        title={
          filter.fields.status ? "One at a time, in this order" : "The open ones of these, one at a time, in this order"
        }
      >
        <Zap size={13} aria-hidden="true" />
        <span className="max-lg:sr-only">Triage these</span>
        <span className="max-lg:hidden">
          <KeyHint command="triage these" bare />
        </span>
      </Link>
    </Button>
  );
}
