import { Monitor, Moon, Rows2, Rows4, Sun } from "lucide-react";
import { KeysButton } from "@/components/keys/keys-button";
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
    <Section title="Preferences" description="Kept with your account, in every browser you sign in with.">
      <div className="flex flex-col gap-3">
        <PreferenceChoice
          name="theme"
          legend="Theme"
          value={theme}
          choices={[
            { value: "system", label: "System", icon: <Monitor size={14} aria-hidden="true" /> },
            { value: "light", label: "Light", icon: <Sun size={14} aria-hidden="true" /> },
            { value: "dark", label: "Dark", icon: <Moon size={14} aria-hidden="true" /> },
          ]}
        />
        <PreferenceChoice
          name="density"
          legend="Rows"
          value={density}
          choices={[
            { value: "comfortable", label: "Comfortable", icon: <Rows2 size={14} aria-hidden="true" /> },
            { value: "compact", label: "Compact", icon: <Rows4 size={14} aria-hidden="true" /> },
          ]}
        />
        <DefaultViewChoice views={views} value={defaultView} />
        <div>
          <PreferenceChoice
            name="keys"
            legend="Single keys"
            value={keys}
            choices={[
              { value: true, label: "On" },
              { value: false, label: "Off" },
            ]}
          />
          <p className="mt-1.5 text-ink-2">
            Off, keys that type a character do nothing. Arrows, Enter, Esc and Ctrl or ⌘ with K still do. <KeysButton />
          </p>
        </div>
      </div>
    </Section>
  );
}
