"use client";
import { nameIn, useDesk } from "@/components/desk/desk";
import { describeSteps } from "@/lib/change/words";
import type { Step } from "@/lib/contact/triage";

/** What somebody set, with names and times on the desk's clock. `at` is when they did it. */
export function StepWords({ steps, at }: { steps: Step[]; at: Date }) {
  const desk = useDesk();
  return <bdi>{describeSteps(steps, { nameOf: (id) => nameIn(desk, id), zone: desk.zone, now: at })}</bdi>;
}
