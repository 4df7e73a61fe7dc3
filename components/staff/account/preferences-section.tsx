import { Monitor, Moon, Rows2, Rows4, Sun } from "lucide-react";
import { KeysButton } from "@/components/keys/keys-button";
import { preferenceWords } from "@/components/staff/words";
import { Section } from "@/components/ui/form/settings-section";
import type { Preferences } from "@/lib/staff/preferences";
import type { View } from "@/lib/views/view";
import { DefaultViewChoice } from "./default-view-choice";
import { PreferenceChoice } from "./preference-choice";

type PreferencesSectionProps = Pick<Preferences, "theme" | "density" | "keys" | "defaultView"> & {
  /** The views that the person may open. */
  views: Pick<View, "id" | "name" | "kind">[];
};

/** A person's preferences, which apply in every browser they sign in with. */
export function PreferencesSection({ theme, density, keys, defaultView, views }: PreferencesSectionProps) {
  return (
    <Section id="preferences" title={preferenceWords.title} description={preferenceWords.note}>
      <div className="flex flex-col gap-3">
        <PreferenceChoice
          name="theme"
          legend={preferenceWords.theme}
          value={theme}
          choices={[
            { value: "system", label: preferenceWords.themes.system, icon: <Monitor size={14} aria-hidden="true" /> },
            { value: "light", label: preferenceWords.themes.light, icon: <Sun size={14} aria-hidden="true" /> },
            { value: "dark", label: preferenceWords.themes.dark, icon: <Moon size={14} aria-hidden="true" /> },
          ]}
        />
        <PreferenceChoice
          name="density"
          legend={preferenceWords.rowHeight}
          value={density}
          choices={[
            {
              value: "comfortable",
              label: preferenceWords.densities.comfortable,
              icon: <Rows2 size={14} aria-hidden="true" />,
            },
            {
              value: "compact",
              label: preferenceWords.densities.compact,
              icon: <Rows4 size={14} aria-hidden="true" />,
            },
          ]}
        />
        <DefaultViewChoice views={views} value={defaultView} />
        <div>
          <PreferenceChoice
            name="keys"
            legend={preferenceWords.shortcuts}
            value={keys}
            choices={[
              { value: true, label: preferenceWords.on },
              { value: false, label: preferenceWords.off },
            ]}
          />
          <p className="mt-1.5 text-ink-2">
            {preferenceWords.shortcutsNote} <KeysButton />
          </p>
        </div>
      </div>
    </Section>
  );
}
