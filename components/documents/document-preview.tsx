"use client";
import { type ReactNode, use, useState, useTransition } from "react";
import { useAwake } from "@/components/ui/late";
import { Skeleton } from "@/components/ui/skeleton";
import { fetchedLater, useFetched } from "@/components/ui/use-fetched";
import { deskWords } from "@/lib/desk/wording";
import { describePreview, type Preview } from "@/lib/documents/actions";
import { documentWords } from "@/lib/documents/words";
import { FileBadge } from "./file-badge";
import { PreviewContext } from "./preview-group";
import { Thumbnail } from "./thumbnail";

/** Loaded with the first preview, because most contacts are read without one. */
const later = fetchedLater(() => import("./preview-frame"));

type DocumentPreviewProps = {
  id: string;
  name: string;
  badge: string;
  /** Whether it may be a picture, which is then shown in place of the badge. */
  picture: boolean;
  /** The rest of its line. */
  end: ReactNode;
  /** What is unfolded below the line. */
  details: ReactNode;
  /** The name as it is shown. */
  children: ReactNode;
};

/** A document's line. Its name previews the file, or says why it cannot be shown. */
export function DocumentPreview({ id, name, badge, picture, end, details, children }: DocumentPreviewProps) {
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
  return (
    <>
      <div {...useAwake<HTMLDivElement>()} className="document-line">
        <button
          type="button"
          aria-expanded={preview !== null}
          aria-busy={pending}
          aria-label={preview ? documentWords.hideOne(name) : documentWords.previewOne(name)}
          onClick={preview ? close : open}
          className="document-face document-opens"
        >
          <FileBadge badge={badge}>{picture ? <Thumbnail id={id} /> : null}</FileBadge>
          {children}
        </button>
        {end}
      </div>
      <div aria-live="polite">
        {pending ? <Skeleton className="mt-1.5 h-8" /> : null}
        {preview?.kind === "none" ? <p className="mt-1 ml-[42px] text-xs text-ink-2">{preview.words}</p> : null}
      </div>
      {details}
      {parts && preview && preview.kind !== "none" ? (
        <parts.PreviewFrame id={id} name={name} preview={preview} beside={beside} onClose={close} />
      ) : null}
    </>
  );
}

const unanswered: Preview = { kind: "none", words: deskWords.unreachable };
