"use client";
import { useServerInsertedHTML } from "next/navigation";
import { useRef } from "react";

/**
 * Prints a script into the head of the server's page, with the nonce of the page's policy. React does not know of it, so
 * it never makes it anew in the browser, where the policy refuses scripts made from text.
 */
export function EarlyKeysScript({ script, nonce }: { script: string; nonce: string | undefined }) {
  const printed = useRef(false);
  useServerInsertedHTML(() => {
    // Asked for with each part of the page that is streamed.
    if (printed.current) return null;
    printed.current = true;
    return <script nonce={nonce}>{script}</script>;
  });
  return null;
}
