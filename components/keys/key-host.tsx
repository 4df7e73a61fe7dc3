"use client";
import { useRouter } from "next/navigation";
import { type ComponentType, useEffect, useEffectEvent, useRef, useState } from "react";
import { usePreferences } from "@/components/desk/preferences";
import { usePages } from "@/components/desk/use-pages";
import { pressedKey } from "@/components/ui/pressed-key";
import { showFailure } from "@/components/ui/toast/action-toasts";
import { deskWords } from "@/lib/desk/wording";
import { findOffered, type Offers, useCommands } from "./obeyed";
import { readPress, typesCharacter } from "./press";
import { Spoken } from "./say";
import { type Begun, readSequence } from "./sequence";

/**
 * A dialog over the page. `typed` holds the keys pressed before it had loaded. Once it has the focus it calls `takeRest`:
 * that gives those pressed since then, and leaves all later ones to it.
 */
export type OverlayProps = { admin: boolean; typed: string; takeRest: () => string; onClose: () => void };

const loaders = {
  palette: () => import("./palette").then(({ Palette }) => Palette),
  help: () => import("./help").then(({ Help }) => Help),
};

/**
 * Listens to the keyboard, and opens the palette and the help, which are loaded when needed. Mounted once, in the
 * frame.
 */
export function KeyHost({ admin }: { admin: boolean }) {
  const router = useRouter();
  const keysOn = usePreferences().keys;
  const [overlay, setOverlay] = useState<{ Shown: ComponentType<OverlayProps>; typed: string } | null>(null);
  const loading = useRef<string | null>(null);
  const begun = useRef<Begun>(null);

  async function open(which: keyof typeof loaders) {
    if (loading.current !== null) return;
    loading.current = "";
    try {
      const Shown = await loaders[which]();
      setOverlay({ Shown, typed: loading.current });
      loading.current = "";
    } catch {
      loading.current = null;
      showFailure(deskWords.notLoaded);
    }
  }
  // Until the dialog has the focus, its keys are kept from the page below. After that it receives them itself.
  const takeRest = () => {
    const rest = loading.current ?? "";
    loading.current = null;
    return rest;
  };

  // For the tests: from here on, keys and clicks are handled.
  useEffect(() => {
    document.documentElement.toggleAttribute("data-keys-ready", true);
    return () => document.documentElement.removeAttribute("data-keys-ready");
  }, []);

  const going = usePages(admin).flatMap(({ href, begin, key }) =>
    key ? [[`go ${href}`, () => () => router.push(begin)]] : [],
  );
  useCommands("desk", {
    ...(Object.fromEntries(going) as Offers),
    palette: () => () => open("palette"),
    help: () => () => open("help"),
  });

  const hear = useEffectEvent((event: KeyboardEvent) => {
    const key = pressedKey(event);
    // The modifier is pressed before K, so loading starts now and the palette may be there in time.
    if (key === "Control" || key === "Meta") loaders.palette().catch(() => undefined);
    const press = event.defaultPrevented ? null : readPress(event);
    if (key === null || press === null) return;
    if (loading.current !== null) {
      // This key is meant for the dialog that is opening.
      if (key.length === 1 && !press.startsWith("Mod+")) loading.current += key;
      event.preventDefault();
      return;
    }
    const character = typesCharacter(press);
    if (isCovered() || (press.startsWith("Mod+") ? false : isTyping(event.target) || (character && !keysOn))) return;
    const { commands, begun: begins } = readSequence(press, begun.current, event.timeStamp);
    begun.current = begins;
    if (begins) event.preventDefault();
    if (isOfElement(press, event.target)) return;
    for (const { id, repeats } of commands) {
      if (event.repeat && !repeats) continue;
      const offered = findOffered(id);
      if (!offered) continue;
      event.preventDefault();
      offered.act();
      return;
    }
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => hear(event);
    window.addEventListener("keydown", listener);
    return () => window.removeEventListener("keydown", listener);
  }, []);

  return (
    <>
      <Spoken />
      {overlay ? (
        <overlay.Shown admin={admin} typed={overlay.typed} takeRest={takeRest} onClose={() => setOverlay(null)} />
      ) : null}
    </>
  );
}

/** A check box does not count as typing, because a person who has just selected a row goes on with keys. */
function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || target.matches('input:not([type="checkbox"]), textarea, select');
}

/** Whether a dialog or a menu is open, which then receives all keys. */
function isCovered(): boolean {
  return (
    document.querySelector(
      ':is([role="dialog"], [role="alertdialog"], [role="menu"], [role="listbox"])[data-state="open"], [data-opening]',
    ) !== null
  );
}

/** Enter belongs to the focused link or button; outside the list, arrows scroll. */
function isOfElement(press: string, target: EventTarget | null): boolean {
  const element = target instanceof Element ? target : document.body;
  if (press === "Enter") return element.closest("a, button, summary") !== null;
  if (press.startsWith("Arrow")) {
    return element === document.body
      ? document.querySelector("[data-list]") === null
      : element.closest("[data-list]") === null;
  }
  return false;
}
