import { formatInstant } from "@/lib/desk/time";
import type { ContactDocument } from "./document";

/**
 * When a document was uploaded and processed: "Uploaded 22 Aug 2024, 06:13 · processed 06:15 · indexed 06:15
 * Europe/Berlin". The day appears only when it changes, and the desk's zone once.
 */
export function describeTimes(
  { uploadedAt, processedAt, indexedAt }: Pick<ContactDocument, "uploadedAt" | "processedAt" | "indexedAt">,
  zone: string,
): string {
  const steps: [string, Date | null][] = [
    ["Uploaded", uploadedAt],
    ["processed", processedAt],
    ["indexed", indexedAt],
  ];
  let lastDay = "";
  const words = steps.flatMap(([name, at]) => {
    if (at === null) return [];
    const instant = formatInstant(at, zone);
    if (!instant.endsWith(` ${zone}`)) return [`${name} at an unknown time`];
    const [day = "", clock = ""] = instant.slice(0, -zone.length - 1).split(", ");
    const text = day === lastDay ? `${name} ${clock}` : `${name} ${day}, ${clock}`;
    lastDay = day;
    return [text];
  });
  return `${words.join(" · ")} ${zone}`;
}
