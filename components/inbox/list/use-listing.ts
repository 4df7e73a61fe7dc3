"use client";
import { useState } from "react";
import { findKnown, useChanges } from "@/components/change/store/changes";
import { pickTriage } from "@/lib/contact/triage";
import type { InboxRow, ShownRow } from "../row";
import { receiveRows, startListing } from "./listing";

/**
 * The rows in the order they were first shown, with this browser's changes; a row without any stays the same object. It
 * also gives what has arrived since, and a function to take over the next list from the server.
 */
export function useListing(listHref: string, latest: InboxRow[]) {
  const [listing, setListing] = useState(() => startListing(listHref, latest));
  // The rows at the time of `takeOver`; the rows that come after them replace the list.
  const [left, setLeft] = useState<InboxRow[] | null>(null);
  const taken = left !== null && left !== latest;
  if (taken) setLeft(null);
  let current = listing;
  if (taken) current = startListing(listHref, latest);
  else if (listing.latest !== latest || listing.listHref !== listHref) current = receiveRows(listing, listHref, latest);
  if (current !== listing) setListing(current);

  const known = useChanges((changes) => changes.known);
  const saving = useChanges((changes) => changes.saving);
  const rows = current.rows.map((row): ShownRow => {
    const now = findKnown({ known, saving }, row.id, row.version);
    if (!now) return row;
    const done = (now.phase === "changed" || now.phase === "saving") && now.at >= current.since;
    const { version, reason } = now;
    return { ...row, ...pickTriage(now), version, done, saving: now.phase === "saving", reason };
  });
  return { rows, arrived: current.arrived, taking: left !== null && !taken, takeOver: () => setLeft(latest) };
}
