import { ChevronDown, Download, ExternalLink } from "lucide-react";
import { LateDocumentPreview } from "@/components/contact/late-parts";
import { FileBadge } from "@/components/documents/file-badge";
import { PreviewGroup } from "@/components/documents/preview-group";
import { ProcessingStatus } from "@/components/documents/processing-status";
import { FileName } from "@/components/ui/file-name";
import { formatBytes } from "@/lib/desk/bytes";
import { formatCount } from "@/lib/desk/wording";
import { type ContactDocument, fileBadge, looksLikePicture, readTags } from "@/lib/documents/document";
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

/** A contact's documents, one line each: picture or kind, name, size and status. The rest is unfolded on demand. */
export function DocumentList({ documents, count, zone, beside }: DocumentListProps) {
  if (documents.length === 0) return <p className="text-ink-3">{documentWords.none}</p>;
  return (
    <PreviewGroup beside={beside}>
      <ul>
        {documents.map((document) => (
          <li key={document.id} className="relative py-0.5">
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
  const { id, filename, contentType, size, status, stored } = document;
  const badge = fileBadge(filename, contentType);
  const plainName = plainFileName(filename);
  const name = isBlank(filename) ? documentWords.noName : filename.trim();
  const shownName = <FileName name={name} className="leading-[18px] font-[550] text-ink" />;
  const end = (
    <>
      <span className="shrink-0 text-xs text-ink-3 tabular-nums @max-xs:hidden">{formatBytes(size)}</span>
      <ProcessingStatus status={status} brief />
      {stored ? (
        <a href={`/documents/${id}`} download aria-label={documentWords.downloadOne(plainName)} className={iconClasses}>
          <Download size={14} aria-hidden="true" />
        </a>
      ) : (
        <span className="size-6 shrink-0" />
      )}
    </>
  );
  const details = <Details document={document} name={name} zone={zone} />;
  if (!stored) {
    return (
      <>
        <div className="document-line">
          <span className="document-face">
            <FileBadge badge={badge} />
            {shownName}
          </span>
          {end}
        </div>
        {details}
      </>
    );
  }
  return (
    <LateDocumentPreview
      id={id}
      name={plainName}
      badge={badge}
      picture={looksLikePicture(filename, contentType)}
      end={end}
      details={details}
    >
      {shownName}
    </LateDocumentPreview>
  );
}

/** What else is known of a document, unfolded by the arrow at the end of its line. */
function Details({ document, name, zone }: { document: ContactDocument; name: string; zone: string }) {
  const { id, description, status, failure, stored } = document;
  const plainName = plainFileName(name);
  return (
    <details className="group/details">
      <summary aria-label={documentWords.detailsOf(plainName)} className={`document-fold ${iconClasses}`}>
        <ChevronDown size={14} aria-hidden="true" className="group-open/details:rotate-180" />
      </summary>
      <div className="pb-1.5 pl-[42px] text-xs leading-[17px] wrap-anywhere text-ink-3">
        <p className="text-ink-2">
          <bdi>{plainName}</bdi>
        </p>
        <p>{describeDocument(document)}</p>
        {description && !isBlank(description) ? (
          <p dir="auto" className="mt-0.5 whitespace-pre-line text-ink-2">
            {breakLines(description)}
          </p>
        ) : null}
        {status === "failed" && failure ? <p className="mt-0.5 text-fail">{failure}</p> : null}
        <p className="tabular-nums">{describeTimes(document, zone)}</p>
        {stored ? (
          <a
            href={`/documents/${id}?preview`}
            target="_blank"
            rel="noopener"
            aria-label={documentWords.openInNewTab(plainName)}
            className="mt-0.5 inline-flex h-6 items-center gap-1.5 rounded font-medium text-ink-2 hover:text-ink hover:underline"
          >
            <ExternalLink size={13} aria-hidden="true" />
            {documentWords.open}
          </a>
        ) : (
          <p className="mt-0.5 text-ink-2">{documentWords.unplaced}</p>
        )}
      </div>
    </details>
  );
}

const iconClasses = "grid size-6 shrink-0 place-items-center rounded-md text-ink-3 hover:bg-hover hover:text-ink";

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
