import { clsx } from "clsx";
import { splitFileName } from "@/lib/documents/file-name";
import { nameHidden } from "@/lib/text/visible-text";
import { Badge } from "./badge";

/** A file's name, with the characters that hide or reorder it made visible and their effect removed. */
export function FileName({ name, className }: { name: string; className?: string }) {
  const parts = splitFileName(name).map((part, at) => ({ ...part, at }));
  return (
    <span
      className={clsx("min-w-0 truncate", className)}
      title={parts.map(({ text, hiding }) => (hiding ? nameHidden(text) : text)).join("")}
    >
      {parts.map(({ text, hiding, at }) =>
        hiding ? (
          <Badge key={at} tone="fail" className="mx-0.5 align-middle">
            {nameHidden(text)}
          </Badge>
        ) : (
          <bdi key={at}>{text}</bdi>
        ),
      )}
    </span>
  );
}
