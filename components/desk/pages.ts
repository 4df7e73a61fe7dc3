import { ChartColumn, Database, History, Inbox, type LucideIcon, Settings, Users, Zap } from "lucide-react";

export type Page = {
  href: "/contacts" | "/triage" | "/analytics" | "/history" | "/staff" | "/settings" | "/database";
  label: string;
  icon: LucideIcon;
  adminOnly: boolean;
  /** The key that, pressed after `g`, opens the page. */
  key?: string;
};

/** The pages in their order. The navigation, the palette and the `g` keys are built from this. */
export const pages: Page[] = [
  { href: "/contacts", label: "Inbox", icon: Inbox, adminOnly: false, key: "c" },
  { href: "/triage", label: "Triage", icon: Zap, adminOnly: false, key: "t" },
  { href: "/analytics", label: "Analytics", icon: ChartColumn, adminOnly: false, key: "a" },
  { href: "/history", label: "History", icon: History, adminOnly: false, key: "h" },
  { href: "/staff", label: "Staff", icon: Users, adminOnly: true },
  { href: "/settings", label: "Settings", icon: Settings, adminOnly: true },
  { href: "/database", label: "Database", icon: Database, adminOnly: true },
];
