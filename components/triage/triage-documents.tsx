"use client";
import { clsx } from "clsx";
import { ExternalLink } from "lucide-react";
import { useEffect, useState } from "react";
import { PreviewFile } from "@/components/documents/preview-frame";
import { ProcessingStatus } from "@/components/documents/processing-status";
import { FileName } from "@/components/ui/file-name";
import { Skeleton } from "@/components/ui/skeleton";
import { formatBytes } from "@/lib/desk/bytes";
import { deskWords } from "@/lib/desk/wording";
import { describePreview, type Preview } from "@/lib/documents/actions";
import type { ContactDocument } from "@/lib/documents/document";
import { plainFileName } from "@/lib/documents/file-name";
import { documentWords } from "@/lib/documents/words";
import { isBlank } from "@/lib/text/visible-text";

type TriageDocumentsProps = { documents: ContactDocument[]; count: number };

/** A contact's documents beside its message: one is open, and the others are tabs. */
export function TriageDocuments({ documents, count }: TriageDocumentsProps) {
  const [chosen, setChosen] = useState<string | null>(null);
  const open = documents.find(({ id }) => id === chosen) ?? documents.find(({ stored }) => stored) ?? documents[0];
  if (!open) return null;
  return (
    <>
      <div className="flex flex-wrap items-center gap-1">
        <div role="tablist" aria-label={documentWords.documents} className="flex min-w-0 flex-wrap gap-1">
          {documents.map((document) => {
            const selected = document.id === open.id;
            return (
              <button
                key={document.id}
                type="button"
                role="tab"
                aria-selected={selected}
                aria-controls="triage-document"
                onClick={() => setChosen(document.id)}
                className={clsx(
                  "flex h-[30px] max-w-60 items-center rounded-[7px] px-2.5 font-medium hover:bg-hover",
                  selected ? "bg-panel text-ink ring-1 ring-line" : "text-ink-2",
                )}
              >
                <FileName name={isBlank(document.filename) ? documentWords.noName : document.filename.trim()} />
              </button>
            );
          })}
        </div>
        {count > documents.length ? <span className="text-ink-3">and {count - documents.length} more</span> : null}
      </div>
      <div id="triage-document" role="tabpanel" aria-label={documentWords.selected} className="min-h-0 flex-1">
        <OpenDocument key={open.id} document={open} />
      </div>
    </>
  );
}

function OpenDocument({ document }: { document: ContactDocument }) {
  const { id, filename, size, documentType, status, stored, failure } = document;
  const [preview, setPreview] = useState<Preview | null>(null);
  useEffect(() => {
    if (!stored) return;
    let current = true;
    describePreview({ id })
      .catch((): Preview => ({ kind: "none", words: deskWords.unreachable }))
      .then((found) => current && setPreview(found));
    return () => {
      current = false;
    };
  }, [id, stored]);
  const plainName = plainFileName(filename);
  return (
    <div className="flex h-full min-h-0 flex-col gap-1.5">
      <p className="flex flex-wrap items-center gap-x-2 text-xs text-ink-3">
        <span>
          {[isBlank(documentType) ? "" : documentType.trim(), formatBytes(size)]
            .filter((part) => part !== "")
            .join(" · ")}
        </span>
        <ProcessingStatus status={status} />
        {status === "failed" && failure ? <span className="text-fail wrap-anywhere">{failure}</span> : null}
        {stored ? (
          <a
            href={`/documents/${id}?preview`}
            target="_blank"
            rel="noopener"
            className="ml-auto inline-flex items-center gap-1 rounded font-medium text-ink-2 hover:text-ink hover:underline"
          >
            {documentWords.open}
            <span className="sr-only"> {plainName} in a new tab</span>
            <ExternalLink size={12} aria-hidden="true" />
          </a>
        ) : null}
      </p>
      {stored ? null : <p className="text-ink-2">{documentWords.unplaced}</p>}
      {stored && !preview ? <Skeleton className="min-h-40 flex-1" /> : null}
      {preview?.kind === "none" ? <p className="text-ink-2">{preview.words}</p> : null}
      {preview && preview.kind !== "none" ? (
        <div className="min-h-0 flex-1 overflow-y-auto">
          <PreviewFile id={id} name={plainName} preview={preview} className="h-full" />
        </div>
      ) : null}
    </div>
  );
}
