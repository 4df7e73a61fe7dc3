"use client";
import { useStream } from "./use-stream";

type ContactStreamProps = {
  id: string;
  /** When the server read the contact. */
  now: Date;
  /** Loads it anew; without it the page is. */
  reload?: () => void;
};

/** Listens for what happens to the one contact on the screen; draws nothing. */
export function ContactStream({ id, now, reload }: ContactStreamProps) {
  useStream({ list: null, contact: id, now, reload });
  return null;
}
