"use client";
import { useStream } from "./use-stream";

type ListStreamProps = Omit<Parameters<typeof useStream>[0], "reload">;

/** Listens for changes to the list on the screen, and to the contact open beside it; renders nothing. */
export function ListStream(shown: ListStreamProps) {
  useStream(shown);
  return null;
}
