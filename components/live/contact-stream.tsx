"use client";
import { useStream } from "./use-stream";

type ContactStreamProps = {
  id: string;
  /** When the server read the contact. */
  now: Date;
  /** Reloads the contact; without it, the page is reloaded. */
  reload?: () => void;
};

/** Listens for changes to the one contact on the screen; renders nothing. */
export function ContactStream({ id, now, reload }: ContactStreamProps) {
  useStream({ list: null, contact: id, now, reload });
  return null;
}
