"use client";
import { createContext, type ReactNode, use } from "react";
import type { WeekStart } from "@/lib/filter/days";
import type { Colleague } from "@/lib/staff/staff";

/** The staff, the viewer, the zone of the desk's clock, and the day on which its weeks begin. */
export type Desk = { people: Colleague[]; me: string; zone: string; weekStart: WeekStart };

const DeskContext = createContext<Desk>({ people: [], me: "", zone: "UTC", weekStart: 1 });

/** Provides the desk to everything below. */
export function DeskProvider({ desk, children }: { desk: Desk; children: ReactNode }) {
  return <DeskContext value={desk}>{children}</DeskContext>;
}

export function useDesk(): Desk {
  return use(DeskContext);
}

/** A colleague's name, even if they have been disabled. */
export function nameIn({ people }: Desk, staffId: string): string {
  return people.find(({ id }) => id === staffId)?.name ?? "an unknown person";
}
