"use client";
import { type ComponentProps, createContext, type KeyboardEvent, use, useRef, useState } from "react";
import { pressedKey } from "../pressed-key";
import { Slot } from "../slot";
import { fetchedLater, useFetched } from "../use-fetched";

type Parts = typeof import("./menu-parts");

/** The code of an open menu, which no page needs before one is opened. */
const later = fetchedLater<Parts>(() => import("./menu-parts"));

type MenuState = { parts?: Parts; coming: boolean; want: (byKey: boolean) => void; takeByKey: () => boolean };

const MenuContext = createContext<MenuState>({ coming: false, want: () => undefined, takeByKey: () => false });

/** A menu with its trigger. Until it is first opened, it is only a button. */
export function Menu({ defaultOpen, open, onOpenChange, children, ...props }: ComponentProps<Parts["Root"]>) {
  const [wanted, setWanted] = useState(false);
  const byKey = useRef(false);
  const needed = Boolean(wanted || defaultOpen || open);
  const parts = useFetched(later, needed, () => setWanted(false));
  const state: MenuState = {
    parts,
    coming: needed && !parts,
    want: (withKey) => {
      byKey.current = withKey;
      setWanted(true);
      onOpenChange?.(true);
    },
    takeByKey: () => {
      const taken = byKey.current;
      byKey.current = false;
      return taken;
    },
  };
  return (
    <MenuContext value={state}>
      {parts ? (
        <parts.Root defaultOpen open={open} onOpenChange={onOpenChange} {...props}>
          {children}
        </parts.Root>
      ) : (
        children
      )}
    </MenuContext>
  );
}

export function MenuTrigger({ asChild, ...props }: ComponentProps<Parts["Trigger"]>) {
  const { parts, coming, want } = use(MenuContext);
  if (parts) return <parts.Trigger asChild={asChild} {...props} />;
  const Button = asChild ? Slot : "button";
  return (
    <Button
      {...(asChild ? {} : { type: "button" })}
      aria-haspopup="menu"
      aria-expanded={false}
      // While the menu is loading, keys are meant for it, so the page ignores them.
      data-opening={coming || undefined}
      onPointerEnter={later.prepare}
      onFocus={later.prepare}
      // A click made by a key has `detail` 0.
      onClick={(event) => want(event.detail === 0)}
      onKeyDown={(event: KeyboardEvent) => {
        if (pressedKey(event) !== "ArrowDown") return;
        event.preventDefault();
        want(true);
      }}
      {...props}
    />
  );
}

/** The list that opens. If a key opened it, the first item has the focus, even the first time. */
export function MenuContent(props: ComponentProps<Parts["Content"]>) {
  const { parts, takeByKey } = use(MenuContext);
  if (!parts) return null;
  return (
    <parts.Content
      onFocus={(event) => {
        if (event.target !== event.currentTarget || !takeByKey()) return;
        event.currentTarget.querySelector<HTMLElement>("[role^=menuitem]:not([data-disabled])")?.focus();
      }}
      {...props}
    />
  );
}

/** The parts of an open menu. */
function useParts(): Parts {
  const { parts } = use(MenuContext);
  if (!parts) throw new Error("A part of a menu stands outside its content.");
  return parts;
}

export function MenuRadioGroup(props: ComponentProps<Parts["RadioGroup"]>) {
  const { RadioGroup } = useParts();
  return <RadioGroup {...props} />;
}

export function MenuItem(props: ComponentProps<Parts["Item"]>) {
  const { Item } = useParts();
  return <Item {...props} />;
}

export function MenuRadioItem(props: ComponentProps<Parts["RadioItem"]>) {
  const { RadioItem } = useParts();
  return <RadioItem {...props} />;
}

export function MenuLabel(props: ComponentProps<Parts["Label"]>) {
  const { Label } = useParts();
  return <Label {...props} />;
}

export function MenuSeparator() {
  const { Separator } = useParts();
  return <Separator />;
}
