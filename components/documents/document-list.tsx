import { Download, ExternalLink } from "lucide-react";
import { LateDocumentPreview } from "@/components/contact/late-parts";
import { PreviewGroup } from "@/components/documents/preview-group";
import { ProcessingStatus } from "@/components/documents/processing-status";
import { FileName } from "@/components/ui/file-name";
import { formatBytes } from "@/lib/desk/bytes";
import { formatCount } from "@/lib/desk/wording";
import { type ContactDocument, fileBadge, readTags } from "@/lib/documents/document";
import { plainFileName } from "@/lib/documents/file-name";
import { describeTimes } from "@/lib/documents/times";
import { documentWords } from "@/lib/documents/words";
import { breakLines, isBlank } from "@/lib/text/visible-text";

const shownTags = 8;

type DocumentListProps = {
  documents: ContactDocument[];
  /** The number of all documents, including those not shown. */
  count: number;
  zone: string;
  /** Whether a preview opens to the left, over the list, and not below its row. */
  beside: boolean;
};

/** A contact's documents: type, processing status and file. */
export function DocumentList({ documents, count, zone, beside }: DocumentListProps) {
  if (documents.length === 0) return <p className="text-ink-3">{documentWords.none}</p>;
  return (
    <PreviewGroup beside={beside}>
      <ul>
        {documents.map((document) => (
          <li key={document.id} className="py-1.5">
            <DocumentItem document={document} zone={zone} />
          </li>
        ))}
      </ul>
      {count > documents.length ? (
        <p className="mt-1 text-ink-3">{documentWords.shown(documents.length, formatCount(count))}</p>
      ) : null}
    </PreviewGroup>
  );
}

function DocumentItem({ document, zone }: { document: ContactDocument; zone: string }) {
  const { id, filename, contentType, description, stored } = document;
  const badge = fileBadge(filename, contentType);
  const plainName = plainFileName(filename);
  return (
    <>
      <div className="grid grid-cols-[32px_minmax(0,1fr)_auto] items-start gap-x-2.5">
        <span
          aria-hidden="true"
          className="grid size-8 place-items-center rounded-[7px] border border-line bg-sunk text-[9.5px] font-bold text-ink-2"
        >
          {badge}
        </span>
        <div className="min-w-0">
          <div className="flex leading-[18px] font-[550] text-ink">
            <FileName name={isBlank(filename) ? documentWords.noName : filename.trim()} />
          </div>
          <p className="text-xs leading-[17px] wrap-anywhere text-ink-3">{describeDocument(document)}</p>
          {description && !isBlank(description) ? (
            <p dir="auto" className="mt-0.5 text-xs leading-[17px] wrap-anywhere whitespace-pre-line text-ink-2">
              {breakLines(description)}
            </p>
          ) : null}
          {document.status === "failed" && document.failure ? (
            <p className="mt-0.5 text-xs leading-[17px] wrap-anywhere text-fail">{document.failure}</p>
          ) : null}
          <p className="text-xs leading-[17px] text-ink-3 tabular-nums">{describeTimes(document, zone)}</p>
        </div>
        <ProcessingStatus status={document.status} />
      </div>
      {stored ? (
        <LateDocumentPreview id={id} name={plainName}>
          <a
            href={`/documents/${id}?preview`}
            target="_blank"
            rel="noopener"
            aria-label={documentWords.openInNewTab(plainName)}
            className={linkClasses}
          >
            <ExternalLink size={13} aria-hidden="true" />
            {documentWords.open}
          </a>
          <a
            href={`/documents/${id}`}
            download
            aria-label={documentWords.downloadOne(plainName)}
            className={linkClasses}
          >
            <Download size={13} aria-hidden="true" />
            {documentWords.download}
          </a>
        </LateDocumentPreview>
      ) : (
        <p className="mt-1 ml-[42px] text-xs text-ink-3">{documentWords.unplaced}</p>
      )}
    </>
  );
}

const linkClasses =
  "inline-flex h-6 items-center gap-1.5 rounded-[7px] px-2 text-xs font-medium text-ink-2 hover:bg-hover hover:text-ink";

/** "requirements · 728 kB · scope, migration · complexity 0.35" */
function describeDocument({ documentType, size, tags, complexity }: ContactDocument): string {
  const all = readTags(tags);
  const shown =
    all.slice(0, shownTags).join(", ") + (all.length > shownTags ? documentWords.moreTags(all.length - shownTags) : "");
  return [
    isBlank(documentType) ? "" : documentType.trim(),
    formatBytes(size),
    shown,
    complexity === null ? "" : documentWords.complexity(complexity),
  ]
    .filter((part) => part !== "")
    .join(" · ");
}
