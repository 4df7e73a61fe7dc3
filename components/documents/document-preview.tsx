"use client";
import { Eye, EyeOff } from "lucide-react";
import { type ReactNode, use, useState, useTransition } from "react";
import { Button } from "@/components/ui/button";
import { useAwake } from "@/components/ui/late";
import { Skeleton } from "@/components/ui/skeleton";
import { fetchedLater, useFetched } from "@/components/ui/use-fetched";
import { deskWords } from "@/lib/desk/wording";
import { describePreview, type Preview } from "@/lib/documents/actions";
import { documentWords } from "@/lib/documents/words";
import { PreviewContext } from "./preview-group";

/** Loaded with the first preview, because most contacts are read without one. */
const later = fetchedLater(() => import("./preview-frame"));

type DocumentPreviewProps = {
  id: string;
  name: string;
  /** Other actions for the file. */
  children: ReactNode;
};

/** Previews a document's file, or says why it cannot be shown. */
export function DocumentPreview({ id, name, children }: DocumentPreviewProps) {
  const { openId, setOpenId, beside } = use(PreviewContext);
  const [described, setDescribed] = useState<Preview | null>(null);
  const [pending, startTransition] = useTransition();
  const preview = openId === id ? described : null;
  const framed = preview !== null && preview.kind !== "none";
  const parts = useFetched(later, framed, () => setDescribed(unanswered));
  const close = () => setOpenId(null);
  const open = () =>
    startTransition(async () => {
      const found = await describePreview({ id }).catch(() => unanswered);
      setDescribed(found);
      setOpenId(id);
    });
  const Icon = preview ? EyeOff : Eye;
  return (
    <>
      <div {...useAwake<HTMLDivElement>()} className="-ml-2 flex flex-wrap pl-[42px]">
        <Button
          look="quiet"
          size="small"
          aria-expanded={preview !== null}
          aria-busy={pending}
          aria-label={preview ? documentWords.hideOne(name) : documentWords.previewOne(name)}
          onClick={preview ? close : open}
        >
          <Icon size={13} aria-hidden="true" />
          {preview ? documentWords.hide : documentWords.preview}
        </Button>
        {children}
      </div>
      <div aria-live="polite">
        {pending ? <Skeleton className="mt-1.5 h-8" /> : null}
        {preview?.kind === "none" ? <p className="mt-1 ml-[42px] text-xs text-ink-2">{preview.words}</p> : null}
      </div>
      {parts && preview && preview.kind !== "none" ? (
        <parts.PreviewFrame id={id} name={name} preview={preview} beside={beside} onClose={close} />
      ) : null}
    </>
  );
}

const unanswered: Preview = { kind: "none", words: deskWords.unreachable };
