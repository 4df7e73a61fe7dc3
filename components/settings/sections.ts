import { personWords } from "@/components/people/words";
import { accountWords, factorWords, preferenceWords } from "@/components/staff/words";
import { settingsWords } from "./words";

/** A part of a settings page, with its address, and more words to find it by. */
export type SettingsSection = { href: string; label: string; page: string; words: string; adminOnly: boolean };

/** The parts of the pages with settings, as the palette finds them. Each address ends in the id of a `Section`. */
export const settingsSections: SettingsSection[] = [
  ...[
    { id: "you", label: accountWords.you, words: accountWords.name },
    { id: "preferences", label: preferenceWords.title, words: `${preferenceWords.theme} ${preferenceWords.rowHeight}` },
    { id: "password", label: accountWords.password, words: accountWords.changePassword },
    { id: "two-step", label: factorWords.title, words: factorWords.codes },
    { id: "sessions", label: accountWords.sessions, words: accountWords.signOutEverywhere },
  ].map(({ id, ...rest }) => ({ href: `/account#${id}`, page: accountWords.title, adminOnly: false, ...rest })),
  ...[
    {
      id: "desk",
      label: settingsWords.desk,
      words: [
        settingsWords.name,
        settingsWords.timeZone,
        settingsWords.businessHours,
        settingsWords.responseWithin,
      ].join(" "),
    },
    { id: "two-step", label: factorWords.title, words: factorWords.requiredFor },
    { id: "retention", label: settingsWords.retention, words: "" },
    { id: "months", label: settingsWords.months, words: "" },
  ].map(({ id, ...rest }) => ({ href: `/settings#${id}`, page: settingsWords.title, adminOnly: true, ...rest })),
  {
    href: "/settings/person",
    label: settingsWords.person,
    page: settingsWords.title,
    words: personWords.title,
    adminOnly: true,
  },
];
