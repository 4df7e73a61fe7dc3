import { FileText, Settings, User } from "lucide-react";
import { findItems, type PaletteGroup } from "@/components/keys/palette-items";
import { settingsSections } from "@/components/settings/sections";
import { given } from "@/lib/contact/given";
import { deskWords } from "@/lib/desk/wording";
import { plainFileName } from "@/lib/documents/file-name";
import { documentWords } from "@/lib/documents/words";
import { emptyFilter } from "@/lib/filter/filter";
import { contactHref, contactsHref } from "@/lib/filter/url";
import { type Found, mostFound } from "@/lib/find/found";
import type { Colleague } from "@/lib/staff/staff";
import { isBlank, trimText } from "@/lib/text/visible-text";
import { findWords } from "./words";

const iconSize = { size: 15, strokeWidth: 1.7 };

/** The parts of the settings that have the words. Without words there are none, because they are too many. */
export function findSettings(words: string, admin: boolean): PaletteGroup[] {
  if (words === "") return [];
  const open = settingsSections.filter(({ adminOnly }) => admin || !adminOnly);
  return findItems(
    [
      {
        heading: findWords.settings,
        items: open.map(({ href, label, page, words: more }) => ({
          id: href,
          label,
          detail: page,
          words: `${page} ${more}`,
          icon: <Settings {...iconSize} />,
          href,
        })),
      },
    ],
    words,
  );
}

/** The staff whose name has the words, each leading to the contacts assigned to them. */
export function findStaff(words: string, people: Colleague[]): PaletteGroup[] {
  if (words === "") return [];
  const found = findItems(
    [
      {
        heading: findWords.staff,
        items: people.map(({ id, name, disabled }) => ({
          id: `staff ${id}`,
          label: name,
          detail: disabled ? findWords.assignedToDisabled : findWords.assigned,
          icon: <User {...iconSize} />,
          href: contactsHref({ ...emptyFilter, fields: { assignee: { any: [id], none: [], all: [] } } }),
        })),
      },
    ],
    words,
  );
  return found.map(({ heading, items }) => ({ heading, items: items.slice(0, mostFound) }));
}

/** What the server has found. A document leads to the contact that it came with. */
export function listFound({ contacts, documents }: Found): PaletteGroup[] {
  return [
    {
      heading: findWords.contacts,
      items: contacts.map(({ id, name, email, company, at }) => ({
        id: `contact ${id}`,
        label: given(name) ?? deskWords.noName,
        detail: [given(company), trimText(email)].filter(Boolean).join(" · "),
        at: new Date(at),
        icon: <User {...iconSize} />,
        href: contactHref(id),
      })),
    },
    {
      heading: findWords.documents,
      items: documents.map(({ id, filename, contact, name, at }) => ({
        id: `document ${id}`,
        label: isBlank(filename) ? documentWords.noName : plainFileName(filename).trim(),
        detail: given(name) ?? deskWords.noName,
        at: new Date(at),
        icon: <FileText {...iconSize} />,
        href: `${contactHref(contact)}#documents`,
      })),
    },
  ].filter(({ items }) => items.length > 0);
}
