"use client";
import { nameIn, useDesk } from "@/components/desk/desk";
import { describeBatch } from "@/lib/history/describe";
import type { BatchEntry } from "@/lib/history/entries";

/** What a batch did, with names and times on the desk's clock. */
export function BatchWords({ entry }: { entry: BatchEntry }) {
  const desk = useDesk();
  return describeBatch(entry, { nameOf: (id) => nameIn(desk, id), zone: desk.zone, now: new Date(entry.at) });
}
