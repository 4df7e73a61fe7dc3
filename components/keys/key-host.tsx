"use client";
import { useRouter } from "next/navigation";
import { type ComponentType, useEffect, useEffectEvent, useRef, useState } from "react";
import { usePreferences } from "@/components/desk/preferences";
import { usePages } from "@/components/desk/use-pages";
import { showFailure } from "@/components/ui/toast/action-toasts";
import { findOffered, type Offers, useCommands } from "./obeyed";
import { readPress, typesCharacter } from "./press";
import { Spoken } from "./say";
import { type Begun, readSequence } from "./sequence";

/** What opens over the page. `typed` are the keys that came before it was there. */
export type OverlayProps = { admin: boolean; typed: string; onClose: () => void };

const loaders = {
  palette: () => import("./palette").then(({ Palette }) => Palette),
  help: () => import("./help").then(({ Help }) => Help),
};

/** Once in the desk's frame: hears the keyboard, and opens the palette and the help, which are loaded when asked for. */
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
    } catch {
      loading.current = null;
      showFailure("This could not be loaded. Check the connection and try again.");
    }
  }
  // Until it is on the screen keys are held back from the page below; from then on it has them itself.
  useEffect(() => {
    if (overlay) loading.current = null;
  }, [overlay]);

  // For the tests: from here on keys are heard, and clicks too.
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
    // Its modifier comes first: by the time of the K the palette may be there.
    if (event.key === "Control" || event.key === "Meta") loaders.palette().catch(() => undefined);
    const press = event.isComposing || event.defaultPrevented ? null : readPress(event);
    if (press === null) return;
    if (loading.current !== null) {
      // Already meant for what is about to open.
      if (event.key.length === 1 && !press.startsWith("Mod+")) loading.current += event.key;
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
      {overlay ? <overlay.Shown admin={admin} typed={overlay.typed} onClose={() => setOverlay(null)} /> : null}
    </>
  );
}

/** Nobody types into a check box: who has just selected a row goes on with keys. */
function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || target.matches('input:not([type="checkbox"]), textarea, select');
}

/** Whether a dialog or a menu is open, which has the keys to itself. */
function isCovered(): boolean {
  return (
    document.querySelector(
      ':is([role="dialog"], [role="alertdialog"], [role="menu"], [role="listbox"])[data-state="open"], [data-opening]',
    ) !== null
  );
}

/** Enter belongs to the link or button that has the focus; arrows scroll what is not the list. */
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
