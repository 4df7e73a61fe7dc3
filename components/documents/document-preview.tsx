"use client";
import { Eye, EyeOff } from "lucide-react";
import dynamic from "next/dynamic";
import { type ReactNode, useState, useTransition } from "react";
import { Button } from "@/components/ui/button";
import { Skeleton } from "@/components/ui/skeleton";
import { describePreview, type Preview } from "@/lib/documents/actions";

/** pdf.js is large: it is loaded when the first PDF is opened. */
const PdfViewer = dynamic(() => import("./pdf-viewer").then((module) => module.PdfViewer), {
  ssr: false,
  loading: () => <Skeleton className="h-[60vh]" />,
});

type DocumentPreviewProps = {
  id: string;
  name: string /** The other things one can do with the file. */;
  children: ReactNode;
};

/** Shows a document's file beside the message, or says in words why it cannot be shown. */
export function DocumentPreview({ id, name, children }: DocumentPreviewProps) {
  const [preview, setPreview] = useState<Preview | null>(null);
  const [pending, startTransition] = useTransition();
  const toggle = () => {
    if (preview) return setPreview(null);
    startTransition(async () => {
      try {
        setPreview(await describePreview({ id }));
      } catch {
        setPreview({ kind: "none", words: "The desk did not answer. Try again in a moment." });
      }
    });
  };
  const Icon = preview ? EyeOff : Eye;
  return (
    <>
      <div className="-ml-2 flex flex-wrap pl-[42px]">
        <Button
          look="quiet"
          size="small"
          aria-expanded={preview !== null}
          aria-busy={pending}
          aria-label={`${preview ? "Hide" : "Preview"} ${name}`}
          onClick={toggle}
        >
          <Icon size={13} aria-hidden="true" />
          {preview ? "Hide" : "Preview"}
        </Button>
        {children}
      </div>
      <div aria-live="polite">
        {pending ? <Skeleton className="mt-1.5 h-8" /> : null}
        {preview?.kind === "none" ? <p className="mt-1 ml-[42px] text-xs text-ink-2">{preview.words}</p> : null}
      </div>
      {preview?.kind === "pdf" ? <PdfViewer id={id} name={name} /> : null}
      {preview?.kind === "text" ? (
        <iframe src={`/documents/${id}?preview`} title={`Preview of ${name}`} sandbox="" className={frameClasses} />
      ) : null}
      {preview?.kind === "image" ? (
        // The browser's own page around a picture needs scripts to fit it in; this one does without.
        <iframe
          srcDoc={picturePage(id)}
          title={`Preview of ${name}`}
          sandbox="allow-same-origin"
          className={frameClasses}
        />
      ) : null}
    </>
  );
}

const frameClasses = "mt-1.5 h-[60vh] w-full rounded-md border border-line bg-panel";

/** A page with nothing but the picture, fitted. Same origin for the session's cookie; without scripts all the same. */
function picturePage(id: string): string {
  const style = "html,body{height:100%;margin:0}img{width:100%;height:100%;object-fit:scale-down}";
  const image = `<img alt="The picture" src="/documents/${encodeURIComponent(id)}?preview">`;
  return `<!doctype html><html lang="en"><title>Preview</title><style>${style}</style>${image}</html>`;
}
