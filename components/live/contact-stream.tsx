"use client";
import { useStream } from "./use-stream";

/** Listens for what happens to the contact of this page; draws nothing. */
export function ContactStream({ id, now }: { id: string; now: Date }) {
  useStream({ list: null, contact: id, now });
  return null;
}
