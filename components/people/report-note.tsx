"use client";
import { useState } from "react";
import { saveText } from "@/components/analytics/picture";
import { Button } from "@/components/ui/button";
import { formatInstant } from "@/lib/desk/time";
import type { Forgotten } from "@/lib/people/forgetting";
import type { PersonPreview } from "@/lib/people/person";
import { describeCounts, listCounts } from "./describe";
import { personWords } from "./words";

type ReportNoteProps = { desk: string; person: PersonPreview; forgotten: Forgotten; timeZone: string };

/** What was removed, with a report to hand over. It is created here, because the server no longer knows the person. */
export function ReportNote({ desk, person, forgotten, timeZone }: ReportNoteProps) {
  const [at] = useState(() => new Date());
  const report = printReport(desk, person, forgotten, formatInstant(at, timeZone));
  return (
    <section aria-label={personWords.forgotten} role="status" className="flex flex-col gap-3">
      <p className="text-ink">
        {personWords.removed} {describeCounts(forgotten.counts)}.
      </p>
      <p className="text-ink-3">{personWords.reportNote}</p>
      <div>
        <Button onClick={() => saveText(report, `forgotten ${forgotten.act}.txt`, "text/plain")}>
          {personWords.downloadReport}
        </Button>
      </div>
    </section>
  );
}

function printReport(desk: string, person: PersonPreview, { act, counts }: Forgotten, when: string): string {
  return [
    `${desk}: removal of a person's data`,
    "",
    `Person: ${person.address ?? person.contact}`,
    `Done: ${when}`,
    `Record: ${act}`,
    "",
    "Removed from the database, all at once:",
    ...listCounts(counts).map((line) => `  ${line}`),
    ...(counts.blanked > 0
      ? [`  Of the contacts, ${counts.blanked} emptied and not deleted, because the website refers to them.`]
      : []),
    "",
    "Files are removed from the document store after that, and tried again until they are gone.",
    "Backups made before keep the data until they are removed themselves.",
    "Files that were exported before cannot be reached.",
    "",
  ].join("\r\n");
}
