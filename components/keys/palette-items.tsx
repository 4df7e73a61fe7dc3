import { CircleUser, Monitor, Moon, Rows2, Rows4, Sun } from "lucide-react";
import type { ReactNode } from "react";
import { prefer } from "@/components/desk/prefer";
import type { OpenPage } from "@/components/desk/use-pages";
import { StatusMark } from "@/components/ui/status-badge";
import { isStatus } from "@/lib/contact/status";
import type { Preferences } from "@/lib/staff/preferences";
import { soughtIn } from "@/lib/text/fold";
import { type Command, commands, groups } from "./commands";
import { listEntries } from "./entries";
import { findOffered, obey } from "./obeyed";
import { keyWords } from "./words";

export type PaletteItem = {
  id: string;
  label: string;
  /** Shown after the label, to tell it from others of that name. */
  detail?: string;
  /** Shown as an age. */
  at?: Date;
  /** More words that a search finds it by. */
  words?: string;
  /** Its keys, as in the table of commands. */
  keys?: string;
  icon?: ReactNode;
} & ({ href: string } | { act: () => unknown });

export type PaletteGroup = { heading: string; items: PaletteItem[] };

/** Everything that can be done or opened now, according to the page. What cannot be done is left out. */
export function listGroups(pages: OpenPage[], preferences: Preferences): PaletteGroup[] {
  const decide = commands.filter(({ group }) => group === "decide");
  const about = decide.map(({ id }) => findOffered(id)?.about).find((each) => each);
  return [
    { heading: about ?? groups.decide, items: listOffered(decide) },
    { heading: groups.list, items: listOffered(commands.filter(({ group }) => group === "list")) },
    { heading: groups.go, items: listPages(pages) },
    ...listEntries().map(({ heading, entries }) => ({
      heading,
      items: entries.map((entry) => ({ id: `${heading} ${entry.href}`, ...entry })),
    })),
    {
      heading: groups.desk,
      items: listOffered(commands.filter(({ group, id }) => group === "desk" && id !== "palette")),
    },
    { heading: keyWords.preferences, items: listPreferences(preferences) },
  ].filter(({ items }) => items.length > 0);
}

/** The groups, with the items that contain every typed word. */
export function findItems(groups: PaletteGroup[], typed: string): PaletteGroup[] {
  const sought = typed.trim().split(/\s+/).map(soughtIn);
  return groups
    .map(({ heading, items }) => ({
      heading,
      items: items.filter(({ label, words = "" }) => {
        const text = `${label} ${words} ${heading}`;
        return sought.every(({ within }) => within(text));
      }),
    }))
    .filter(({ items }) => items.length > 0);
}

function listOffered(some: Command[]): PaletteItem[] {
  return some
    .filter(({ id }) => findOffered(id) !== null)
    .map(({ id, label, keys }) => ({
      id,
      label,
      keys: keys[0],
      words: isStatus(id) ? "status" : undefined,
      icon: isStatus(id) ? <StatusMark status={id} /> : undefined,
      // Looked up again when it is chosen, because the page below may have changed since.
      act: () => obey(id),
    }));
}

function listPages(pages: OpenPage[]): PaletteItem[] {
  return [
    ...pages.map(({ href, begin, label, key, icon: Icon }) => ({
      id: href,
      label,
      href: begin,
      keys: key && `g ${key}`,
      icon: <Icon size={15} strokeWidth={1.7} />,
    })),
    { id: "/account", label: keyWords.account, href: "/account", icon: <CircleUser size={15} strokeWidth={1.7} /> },
  ];
}

function listPreferences({ theme, density, keys }: Preferences): PaletteItem[] {
  const all: (PaletteItem & { chosen: boolean })[] = [
    choice(keyWords.lightTheme, <Sun size={15} />, { theme: "light" }, theme === "light"),
    choice(keyWords.darkTheme, <Moon size={15} />, { theme: "dark" }, theme === "dark"),
    choice(keyWords.systemTheme, <Monitor size={15} />, { theme: "system" }, theme === "system"),
    choice(keyWords.comfortableRows, <Rows2 size={15} />, { density: "comfortable" }, density === "comfortable"),
    choice(keyWords.compactRows, <Rows4 size={15} />, { density: "compact" }, density === "compact"),
    choice(keyWords.turnOn, undefined, { keys: true }, keys),
    choice(keyWords.turnOff, undefined, { keys: false }, !keys),
  ];
  return all.filter(({ chosen }) => !chosen);
}

function choice(label: string, icon: ReactNode, change: Partial<Preferences>, chosen: boolean) {
  return { id: label, label, icon, words: "appearance density shortcuts", act: () => prefer(change), chosen };
}
