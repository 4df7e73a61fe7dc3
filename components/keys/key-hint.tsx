"use client";
import { useSyncExternalStore } from "react";
import { usePreferences } from "@/components/desk/preferences";
import { Kbd } from "@/components/ui/kbd";
import { type CommandId, findCommand } from "./commands";
import { printKeys, typesCharacter } from "./press";

/** Whether this keyboard has a ⌘ key. The server cannot know, so it assumes Ctrl. */
export function useIsMac(): boolean {
  return useSyncExternalStore(
    () => () => undefined,
    () => /mac|iphone|ipad/i.test(navigator.platform),
    () => false,
  );
}

type KeyHintProps = {
  command: CommandId;
  /** The last of a row of commands, so that the keys are shown as a range: 1–6. */
  to?: CommandId;
  /** Without the look of a key, for places with another emphasis. */
  bare?: boolean;
};

/**
 * A command's first key, if keys are on. Decorative, because the button or item describes itself. Not shown on phones
 * and under fingers, where there are no keys.
 */
export function KeyHint({ command, to, bare }: KeyHintProps) {
  const on = usePreferences().keys;
  const mac = useIsMac();
  const [keys] = findCommand(command)?.keys ?? [];
  if (!keys || (!on && typesCharacter(keys))) return null;
  const last = to && findCommand(to)?.keys[0];
  if (bare) {
    return (
      <span aria-hidden="true" className="key-hint text-[11.5px] font-normal opacity-70">
        {last ? `${keys}–${last}` : printKeys(keys, mac).join(" ")}
      </span>
    );
  }
  return <span className="key-hint">{last ? <Kbd>{`${keys}–${last}`}</Kbd> : <Keys keys={keys} mac={mac} />}</span>;
}

/** Keys to press, in sequence or together. */
export function Keys({ keys, mac }: { keys: string; mac: boolean }) {
  return (
    <span className="inline-flex items-center gap-0.5">
      {printKeys(keys, mac).map((key) => (
        <Kbd key={key}>{key}</Kbd>
      ))}
    </span>
  );
}
