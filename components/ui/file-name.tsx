import { clsx } from "clsx";
import { Badge } from "./badge";

/**
 * Characters that reorder or hide text. With them, a name like "offer<RLO>fdp.docx" looks like another type of file.
 */
const controls: Record<string, string> = {
  "\u061c": "ALM",
  "\u200b": "ZWSP",
  "\u200c": "ZWNJ",
  "\u200d": "ZWJ",
  "\u200e": "LRM",
  "\u200f": "RLM",
  "\u202a": "LRE",
  "\u202b": "RLE",
  "\u202c": "PDF",
  "\u202d": "LRO",
  "\u202e": "RLO",
  "\u2066": "LRI",
  "\u2067": "RLI",
  "\u2068": "FSI",
  "\u2069": "PDI",
  "\ufeff": "BOM",
};

/** A file's name, with hidden characters made visible and their effect removed. */
export function FileName({ name, className }: { name: string; className?: string }) {
  const parts = name.split(/([\u061c\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff])/).map((text, at) => ({ text, at }));
  return (
    <span
      className={clsx("min-w-0 truncate", className)}
      title={parts.map(({ text }) => controls[text] ?? text).join("")}
    >
      {parts.map(({ text, at }) =>
        controls[text] ? (
          <Badge key={at} tone="fail" className="mx-0.5 align-middle">
            {controls[text]}
          </Badge>
        ) : (
          <bdi key={at}>{text}</bdi>
        ),
      )}
    </span>
  );
}
