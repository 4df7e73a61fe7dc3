"use client";
import { clsx } from "clsx";
import { X } from "lucide-react";
import dynamic from "next/dynamic";
import { useCommands } from "@/components/keys/obeyed";
import { Button } from "@/components/ui/button";
import { Skeleton } from "@/components/ui/skeleton";
import type { Preview } from "@/lib/documents/actions";
import { documentWords } from "@/lib/documents/words";
import { ArchiveList } from "./archive-list";
import { MailText } from "./mail-text";
import { PictureFrame } from "./picture-frame";

/** pdf.js is large, so it is loaded with the first PDF. */
const PdfViewer = dynamic(() => import("./pdf-viewer").then((module) => module.PdfViewer), {
  ssr: false,
  loading: () => <Skeleton className="h-[60vh]" />,
});

type PreviewFrameProps = {
  id: string;
  name: string;
  preview: Exclude<Preview, { kind: "none" }>;
  beside: boolean;
  onClose: () => void;
};

/** A file within the page, with its name. If it covers something, it has a close button. */
export function PreviewFrame({ id, name, preview, beside, onClose }: PreviewFrameProps) {
  // It lies over the list, so Escape closes it before the list closes the contact.
  useCommands(beside ? "list" : "contact", { back: () => onClose });
  return (
    <section
      aria-label={documentWords.previewOf(name)}
      // A contact's page gives an open document the width of its story (contact.css).
      data-preview={beside ? undefined : ""}
      className={clsx(
        "mt-1.5",
        // 428 px is the panel's width. It lies above the list's bars, so that a document is shown from its first line.
        beside &&
          "lg:fixed lg:inset-y-0 lg:right-[428px] lg:z-30 lg:mt-0 lg:flex lg:w-[min(760px,calc(100vw-640px))] lg:flex-col lg:gap-2 lg:overflow-y-auto lg:border-l lg:border-line lg:bg-panel lg:p-3 lg:shadow-lift",
      )}
    >
      {beside ? (
        <div className="flex items-center gap-2 max-lg:hidden">
          <p className="min-w-0 truncate font-semibold">
            <bdi>{name}</bdi>
          </p>
          <Button
            look="quiet"
            size="icon"
            aria-label={documentWords.closePreview}
            className="ml-auto"
            onClick={onClose}
          >
            <X size={16} aria-hidden="true" />
          </Button>
        </div>
      ) : null}
      <PreviewFile id={id} name={name} preview={preview} className={beside ? "h-[60vh] lg:h-full" : undefined} />
    </section>
  );
}

type PreviewFileProps = Pick<PreviewFrameProps, "id" | "name" | "preview"> & {
  /** For the frame of a picture or text; a PDF is as tall as its page. */
  className?: string;
};

/**
 * The file alone. Nothing in it is executed: we draw a PDF, a picture or text is in a frame without scripts, and of
 * archives and e-mails there are only words.
 */
export function PreviewFile({ id, name, preview, className = "h-[60vh]" }: PreviewFileProps) {
  const frame = clsx("w-full rounded-md border border-line bg-panel", className);
  if (preview.kind === "pdf") return <PdfViewer id={id} />;
  if (preview.kind === "archive") return <ArchiveList archive={preview.archive} />;
  if (preview.kind === "mail") return <MailText mail={preview.mail} />;
  const title = documentWords.previewOf(name);
  if (preview.kind === "image") return <PictureFrame id={id} title={title} cut={preview.cut} className={frame} />;
  return <iframe src={`/documents/${id}?preview`} title={title} sandbox="" className={frame} />;
}
