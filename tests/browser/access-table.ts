import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Role } from "@/lib/staff/staff";

/**
 * Who may ask: anyone; anyone signed in, also with a first password; staff from a role upwards; or the holder of a
 * token.
 */
export type Opening = "anyone" | "session" | "token" | Role;

type Entry = {
  opening: Opening;
  /** The address to ask for; `secret` is a word of a contact, `contact` its id. */
  path: (world: { secret: string; contact: string }) => string;
  /** A text that only the answer to somebody allowed contains; `other` is a colleague's e-mail. */
  shows?: (world: { secret: string; other: string }) => string;
  /** The status for somebody allowed, if it is not 200. */
  status?: number;
};

/** Every page and handler, by its file. A file in app/ without a row fails the test. */
export const entries: Record<string, Entry> = {
  "app/page.tsx": { opening: "agent", path: () => "/", status: 307 },
  "app/sign-in/page.tsx": { opening: "anyone", path: () => "/sign-in" },
  "app/(desk)/[...path]/page.tsx": { opening: "agent", path: () => "/no/such/page", status: 404 },
  "app/(desk)/account/page.tsx": { opening: "session", path: () => "/account" },
  "app/(desk)/analytics/page.tsx": { opening: "agent", path: () => "/analytics" },
  "app/(desk)/contacts/(list)/page.tsx": {
    opening: "agent",
    path: ({ secret }) => `/contacts?q=${secret}`,
    shows: ({ secret }) => `Visitor ${secret}`,
  },
  "app/(desk)/contacts/[id]/page.tsx": {
    opening: "agent",
    path: ({ contact }) => `/contacts/${contact}`,
    shows: ({ secret }) => `${secret}@visitor.example`,
  },
  "app/(desk)/contacts/open/page.tsx": {
    opening: "agent",
    path: ({ contact }) => `/contacts/open?id=${contact}`,
    shows: ({ secret }) => `${secret}@visitor.example`,
  },
  "app/(desk)/settings/page.tsx": { opening: "admin", path: () => "/settings", shows: () => "Save settings" },
  "app/(desk)/settings/person/page.tsx": {
    opening: "admin",
    path: () => "/settings/person",
    shows: () => "What was done",
  },
  "app/(desk)/staff/page.tsx": { opening: "admin", path: () => "/staff", shows: ({ other }) => other },
  "app/(desk)/database/page.tsx": { opening: "admin", path: () => "/database", shows: () => "Which screen is slow" },
  "app/(desk)/history/page.tsx": { opening: "agent", path: () => "/history", shows: () => "Whose changes" },
  "app/(desk)/triage/page.tsx": { opening: "agent", path: () => "/triage", shows: () => "longest waiting first" },
  "app/documents/[id]/route.ts": {
    opening: "agent",
    // There is no such file; only people who are allowed learn that.
    path: () => "/documents/00000000-0000-4000-8000-000000000000",
    status: 404,
  },
  "app/documents/all/route.ts": {
    opening: "agent",
    // There is no such contact; only people who are allowed learn that.
    path: () => "/documents/all?contact=nobody-of-that-id",
    status: 404,
  },
  "app/export/contacts/route.ts": {
    opening: "agent",
    path: ({ secret }) => `/export/contacts?q=${secret}`,
    shows: ({ secret }) => `${secret}@visitor.example`,
  },
  "app/export/person/route.ts": {
    opening: "admin",
    // There is no such person; only people who are allowed learn that, and nothing is downloaded.
    path: () => "/export/person?contact=nobody-of-that-id",
    status: 404,
  },
  "app/api/auth/[...nextauth]/route.ts": { opening: "anyone", path: () => "/api/auth/csrf" },
  "app/api/find/route.ts": {
    opening: "agent",
    path: ({ secret }) => `/api/find?q=${secret}`,
    shows: ({ secret }) => `${secret}@visitor.example`,
  },
  "app/api/live/route.ts": {
    opening: "agent",
    // An invalid request; only people who are allowed learn that, and no stream is opened.
    path: () => "/api/live?since=nonsense",
    status: 400,
  },
  "app/api/health/route.ts": { opening: "anyone", path: () => "/api/health" },
  "app/api/metrics/route.ts": {
    opening: "token",
    path: () => "/api/metrics",
    shows: () => "active_database_connections",
  },
  "app/api/no-file/route.ts": { opening: "anyone", path: () => "/_next/static/none.js", status: 404 },
  "app/api/health/ready/route.ts": { opening: "anyone", path: () => "/api/health/ready" },
};

/** The content types of the files in public/, which anyone may read (lib/desk/public-files.ts). */
export const publicTypes: Record<string, string> = {
  ".ico": "image/x-icon",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain",
  ".webmanifest": "application/manifest+json",
};

/** Every server action, by its file and name. One in the build without a row fails the test. */
export const actions: Record<string, Opening> = {
  "lib/change/actions.ts setTriage": "agent",
  "lib/change/actions.ts undoChange": "agent",
  "lib/change/actions.ts freezeContacts": "agent",
  "lib/change/actions.ts startBulkChange": "agent",
  "lib/change/actions.ts handOver": "admin",
  "lib/change/actions.ts askBulk": "agent",
  "lib/change/actions.ts askBulkConflicts": "agent",
  "lib/change/actions.ts stopBulk": "agent",
  "lib/contact/actions.ts browseOtherSubmissions": "agent",
  "lib/documents/actions.ts describePreview": "agent",
  "lib/list/actions.ts browseInsightPaths": "agent",
  "lib/list/actions.ts countAllMatching": "agent",
  "lib/list/actions.ts findNeighbourHref": "agent",
  "lib/health/actions.ts explainStatement": "admin",
  "lib/notes/actions.ts addNote": "agent",
  "lib/notes/actions.ts setNoteText": "agent",
  "lib/notes/actions.ts setNoteDeleted": "agent",
  "lib/notes/actions.ts browseNoteVersions": "agent",
  "lib/desk/actions.ts setDeskSettings": "admin",
  "lib/people/actions.ts browsePeople": "admin",
  "lib/people/actions.ts browsePerson": "admin",
  "lib/people/actions.ts removePerson": "admin",
  "lib/months/actions.ts browseMonths": "admin",
  "lib/months/actions.ts setMonths": "admin",
  "lib/people/actions.ts browseRetention": "admin",
  "lib/people/actions.ts setRetention": "admin",
  "lib/triage/actions.ts startTriage": "agent",
  "lib/triage/actions.ts stepTriage": "agent",
  "lib/triage/actions.ts browseSheet": "agent",
  "lib/triage/actions.ts keepTriage": "agent",
  "lib/triage/actions.ts leaveTriage": "agent",
  "lib/views/actions.ts addView": "agent",
  "lib/views/actions.ts setViewContent": "agent",
  "lib/views/actions.ts setViewName": "agent",
  "lib/views/actions.ts setViewShared": "agent",
  "lib/views/actions.ts moveView": "agent",
  "lib/views/actions.ts removeView": "agent",
  "lib/staff/actions.ts addStaff": "admin",
  "lib/staff/actions.ts resetPassword": "admin",
  "lib/staff/actions.ts setRole": "admin",
  "lib/staff/actions.ts setDisabled": "admin",
  "lib/staff/actions.ts setRoleFromProvider": "admin",
  "lib/staff/actions.ts unlinkProvider": "admin",
  "lib/staff/factor/actions.ts startSecondFactor": "session",
  "lib/staff/factor/actions.ts confirmSecondFactor": "session",
  "lib/staff/factor/actions.ts endSecondFactor": "agent",
  "lib/staff/factor/actions.ts renewRecoveryCodes": "agent",
  "lib/staff/factor/actions.ts resetSecondFactor": "admin",
  "lib/staff/factor/actions.ts setSecondFactorRoles": "admin",
  "lib/staff/actions.ts setOwnName": "agent",
  "lib/staff/actions.ts setPreferences": "agent",
  "lib/staff/actions.ts endOwnSession": "agent",
  "lib/staff/actions.ts setOwnPassword": "session",
  "lib/staff/actions.ts signOut": "session",
  "lib/staff/actions.ts signOutEverywhere": "session",
};

/** The existing pages and handlers, found by walking app/. */
export function listEntryFiles(): string[] {
  return readdirSync("app", { recursive: true, withFileTypes: true })
    .filter((found) => found.isFile() && /^(page\.tsx|route\.tsx?)$/.test(found.name))
    .map((found) => join(found.parentPath, found.name))
    .sort();
}

type BuiltAction = { id: string; key: string; page: string };

type ReferenceManifest = {
  node: Record<string, { workers: Record<string, unknown>; filename?: string; exportedName?: string }>;
};

/** The server actions that the build answers to: their ids, and a page that each can be called on. */
export function listBuiltActions(): BuiltAction[] {
  const folder = join(process.env.NEXT_DIST_DIR || ".next", "server");
  const manifest: ReferenceManifest = JSON.parse(readFileSync(join(folder, "server-reference-manifest.json"), "utf8"));
  return Object.entries(manifest.node).map(([id, { workers, filename, exportedName }]) => {
    if (!filename || !exportedName) throw new Error("The build does not say which action is which.");
    // The frame's actions can be called on every page. The one for unknown addresses would answer 404.
    const page = Object.keys(workers).find((name) => !name.includes("[...path]"));
    return { id, key: `${filename} ${exportedName}`, page: `${page}.tsx` };
  });
}
