"use client";
import Link from "next/link";
import { useEffect, useEffectEvent } from "react";
import { usePreferences } from "@/components/desk/preferences";
import { Dialog, DialogContent } from "@/components/ui/dialog/dialog";
import { type Command, commands, type Group, groups } from "./commands";
import { Keys, useIsMac } from "./key-hint";
import type { OverlayProps } from "./key-host";
import { printKeys } from "./press";
import { keyWords } from "./words";

/** All keys, from the table of commands. */
export function Help({ takeRest, onClose }: OverlayProps) {
  const keysOn = usePreferences().keys;
  const begin = useEffectEvent(() => void takeRest());
  useEffect(() => begin(), []);
  return (
    <Dialog open onOpenChange={(open) => open || onClose()}>
      <DialogContent title={keyWords.shortcuts} className="max-w-2xl">
        {keysOn ? null : (
          <p className="mb-4 text-ink-2">
            {keyWords.areOff}{" "}
            <Link href="/account" onClick={onClose} className="text-accent-ink underline">
              {keyWords.yourAccount}
            </Link>
            .
          </p>
        )}
        <div className="gap-x-8 sm:columns-2">
          {(Object.keys(groups) as Group[]).map((group) => (
            <section key={group} aria-label={groups[group]} className="mb-5 break-inside-avoid">
              <h3 className="mb-1 text-[12px] font-semibold text-ink-3">{groups[group]}</h3>
              <dl>
                {commands
                  .filter((command) => command.group === group)
                  .map((command) => (
                    <HelpLine key={command.id} command={command} />
                  ))}
              </dl>
            </section>
          ))}
        </div>
        <p className="text-ink-3">{keyWords.silent}</p>
      </DialogContent>
    </Dialog>
  );
}

function HelpLine({ command }: { command: Command }) {
  const mac = useIsMac();
  return (
    <div className="flex items-center gap-3 border-b border-line-soft py-1 last:border-0">
      <dt>{command.label}</dt>
      <dd className="ml-auto flex shrink-0 items-center gap-1.5">
        {command.keys.map((keys, at) => (
          <span key={keys} className="contents">
            {at > 0 ? <span className="text-[11px] text-ink-3">{keyWords.alternatively}</span> : null}
            <Keys keys={keys} mac={mac} />
            <span className="sr-only">
              {printKeys(keys, mac).join(keys.includes(" ") ? ` ${keyWords.followedBy} ` : " ")}
            </span>
          </span>
        ))}
      </dd>
    </div>
  );
}
