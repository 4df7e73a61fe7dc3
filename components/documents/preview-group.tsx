"use client";
import { createContext, type ReactNode, useState } from "react";

type OpenPreview = { openId: string | null; setOpenId: (id: string | null) => void; beside: boolean };

/** Which document of a group is previewed. */
export const PreviewContext = createContext<OpenPreview>({ openId: null, setOpenId: () => undefined, beside: false });

/**
 * Shows one preview at a time: below its row, or with `beside` to the left of the panel. Beside the panel, message and
 * document can be read together.
 */
export function PreviewGroup({ beside, children }: { beside: boolean; children: ReactNode }) {
  const [openId, setOpenId] = useState<string | null>(null);
  return <PreviewContext value={{ openId, setOpenId, beside }}>{children}</PreviewContext>;
}
