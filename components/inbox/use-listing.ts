"use client";
import { useState } from "react";
import { findKnown, useChanges } from "@/components/change/changes";
import { pickTriage } from "@/lib/contact/triage";
import type { ShownRow } from "./cells";
import { receiveRows, startListing } from "./listing";
import type { InboxRow } from "./row";

/** The rows in the order they were first shown, with what this browser has done to them, and how many have arrived since. */
export function useListing(scope: string, latest: InboxRow[]) {
  const [listing, setListing] = useState(() => startListing(scope, latest));
  const current = listing.latest === latest && listing.scope === scope ? listing : receiveRows(listing, scope, latest);
  if (current !== listing) setListing(current);

  const known = useChanges((changes) => changes.known);
  const saving = useChanges((changes) => changes.saving);
  const rows = current.rows.map((row): ShownRow => {
    const now = findKnown({ known, saving }, row.id, row.version);
    if (!now) return { ...row, done: false, saving: false, reason: null };
    const done = (now.phase === "changed" || now.phase === "saving") && now.at >= current.since;
    const { version, reason } = now;
    return { ...row, ...pickTriage(now), version, done, saving: now.phase === "saving", reason };
  });
  return { rows, arrived: current.arrived, takeOver: () => setListing(startListing(scope, latest)) };
}
