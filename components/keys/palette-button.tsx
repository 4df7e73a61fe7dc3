"use client";
import { Command as CommandIcon } from "lucide-react";
import { Button } from "@/components/ui/button";
import { KeyHint } from "./key-hint";
import { obey } from "./obeyed";
import { keyWords } from "./words";

/** Opens the palette, and shows its key. */
export function PaletteButton() {
  return (
    <Button aria-label={keyWords.palette} title={keyWords.palette} onClick={() => obey("palette")}>
      <KeyHint command="palette" />
      <CommandIcon size={14} aria-hidden="true" className="md:pointer-fine:hidden" />
    </Button>
  );
}
