"use client";
import { createContext, type ReactNode, use } from "react";
import { defaultPreferences, type Preferences } from "@/lib/staff/preferences";

const PreferencesContext = createContext<Preferences>(defaultPreferences);

/** Provides the person's preferences. The server renders with them, so nothing changes after the first paint. */
export function PreferencesProvider({ preferences, children }: { preferences: Preferences; children: ReactNode }) {
  return <PreferencesContext value={preferences}>{children}</PreferencesContext>;
}

export function usePreferences(): Preferences {
  return use(PreferencesContext);
}
