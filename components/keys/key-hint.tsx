"use client";
import { useSyncExternalStore } from "react";
import { usePreferences } from "@/components/desk/preferences";
import { Kbd } from "@/components/ui/kbd";
import { type CommandId, findCommand } from "./commands";
import { printKeys, typesCharacter } from "./press";

/** Whether this keyboard has a ⌘. The server cannot know; it says Ctrl. */
export function useIsMac(): boolean {
  return useSyncExternalStore(
    () => () => undefined,
    () => /mac|iphone|ipad/i.test(navigator.platform),
    () => false,
  );
}

type KeyHintProps = {
  command: CommandId;
  /** The last of a row of commands, whose keys are a range: 1–6. */
  to?: CommandId;
  /** Without the shape of a key, where something else stands out. */
  bare?: boolean;
};

/** A command's first key, where keys are on. Decoration: the button or item says itself what it does. */
export function KeyHint({ command, to, bare }: KeyHintProps) {
  const on = usePreferences().keys;
  const mac = useIsMac();
  const [keys] = findCommand(command)?.keys ?? [];
  if (!keys || (!on && typesCharacter(keys))) return null;
  const last = to && findCommand(to)?.keys[0];
  if (bare) {
    return (
      <span aria-hidden="true" className="text-[11.5px] font-normal opacity-70 max-md:hidden">
        {last ? `${keys}–${last}` : printKeys(keys, mac).join(" ")}
      </span>
    );
  }
  return last ? <Kbd>{`${keys}–${last}`}</Kbd> : <Keys keys={keys} mac={mac} />;
}

/** Keys as they are pressed, one after the other or together. */
export function Keys({ keys, mac }: { keys: string; mac: boolean }) {
  return (
    <span className="inline-flex items-center gap-0.5">
      {printKeys(keys, mac).map((key) => (
        <Kbd key={key}>{key}</Kbd>
      ))}
    </span>
  );
}
