"use client";
import { Eye, EyeOff } from "lucide-react";
import dynamic from "next/dynamic";
import { createContext, type ReactNode, use, useState, useTransition } from "react";
import { Button } from "@/components/ui/button";
import { Skeleton } from "@/components/ui/skeleton";
import { deskWords } from "@/lib/desk/wording";
import { describePreview, type Preview } from "@/lib/documents/actions";
import { documentWords } from "@/lib/documents/words";

/** Loaded with the first preview, because most contacts are read without one. */
const PreviewFrame = dynamic(() => import("./preview-frame").then((loaded) => loaded.PreviewFrame), { ssr: false });

type OpenPreview = { openId: string | null; setOpenId: (id: string | null) => void; beside: boolean };

const PreviewContext = createContext<OpenPreview>({ openId: null, setOpenId: () => undefined, beside: false });

/**
 * Shows one preview at a time: below its row, or with `beside` to the left of the panel. Beside the panel, message and
 * document can be read together.
 */
export function PreviewGroup({ beside, children }: { beside: boolean; children: ReactNode }) {
  const [openId, setOpenId] = useState<string | null>(null);
  return <PreviewContext value={{ openId, setOpenId, beside }}>{children}</PreviewContext>;
}

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
      <div className="-ml-2 flex flex-wrap pl-[42px]">
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
      {preview && preview.kind !== "none" ? (
        <PreviewFrame id={id} name={name} preview={preview} beside={beside} onClose={close} />
      ) : null}
    </>
  );
}

const unanswered: Preview = { kind: "none", words: deskWords.unreachable };
