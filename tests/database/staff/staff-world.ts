import { randomUUID } from "node:crypto";
import pg from "pg";
import { vi } from "vitest";
import { forgetOfProcess } from "@/lib/runtime/of-process";
import { hashPassword } from "@/lib/staff/password/password";
import { defaultPreferences } from "@/lib/staff/preferences";
import { type Origin, startSession } from "@/lib/staff/session/sessions";
import type { Role, Staff } from "@/lib/staff/staff";

export const goodPassword = "tangerine lamp quarry 9";

process.env.NEXTAUTH_SECRET ??= "a secret for the tests of staff alone";

/** Makes people without the application, and reads what is stored about them. */
export function openStaffWorld() {
  const pool = new pg.Pool({ connectionString: process.env.TEST_SUPERUSER_URL, max: 5 });
  // The test's database is dropped while its last connections close.
  pool.on("connect", (client) => client.on("error", () => undefined));
  const hash = hashPassword(goodPassword);
  const nowhere: Origin = { address: null, userAgent: null };
  const world = {
    close: () => pool.end(),
    query: (sql: string, values: unknown[] = []) => pool.query(sql, values),

    /** A person whose password is `goodPassword`. */
    async addPerson(role: Role = "agent"): Promise<{ id: string; email: string; name: string; hash: string }> {
      const email = `${randomUUID()}@desk.example`;
      const name = `Person ${randomUUID().slice(0, 6)}`;
      const { rows } = await pool.query(
        "insert into staff (email, name, role, password_hash) values ($1, $2, $3, $4) returning id",
        [email, name, role, await hash],
      );
      return { id: rows[0].id, email, name, hash: await hash };
    },

    /** A session of a person who has completed every step of signing in. */
    async openSession(person: { id: string; hash: string }, origin = nowhere): Promise<string> {
      const sessionId = await startSession(person.id, { passwordHash: person.hash, code: true }, origin);
      if (!sessionId) throw new Error("no session was opened");
      return sessionId;
    },

    /** The person as the application reads them from a session. */
    asStaff(person: { id: string; email: string; name: string }, sessionId: string, role: Role = "agent"): Staff {
      const { id, email, name } = person;
      return {
        id,
        email,
        name,
        role,
        sessionId,
        mustChangePassword: false,
        mustSetUpFactor: false,
        hasPassword: true,
        preferences: defaultPreferences,
      };
    },

    async countLiving(staffId: string): Promise<number> {
      const { rows } = await pool.query(
        "select count(*)::int as n from staff_sessions where staff_id = $1 and ended_at is null",
        [staffId],
      );
      return rows[0].n;
    },

    async listActiveAdmins(): Promise<string[]> {
      const { rows } = await pool.query(
        "select id from staff where role = 'admin' and disabled_at is null order by id",
      );
      return rows.map(({ id }) => id);
    },

    /** Makes all tries older by this much, and clears the process' memory of them, as would happen after that time. */
    async letPass(minutes: number): Promise<void> {
      await pool.query("update sign_in_attempts set attempted_at = attempted_at - make_interval(mins => $1)", [
        minutes,
      ]);
      forgetTries();
    },

    async removeEverybody(): Promise<void> {
      forgetTries();
      await pool.query("delete from sign_in_attempts");
      await pool.query("delete from staff_sessions");
      await pool.query("delete from staff");
    },
  };
  return world;
}

/** Resets this process to a server that has just started, as far as sign-in tries are concerned. */
export function forgetTries(): void {
  forgetOfProcess("tries");
}

/** Collects the lines of the security log, which would otherwise be printed among the results. */
export function watchSecurityLog(): string[] {
  const lines: string[] = [];
  vi.spyOn(process.stdout, "write").mockImplementation((line) => lines.push(String(line)) > 0);
  return lines;
}

/** How often each answer occurred: ok, or the code of the refusal. */
export function countAnswers(results: { ok: boolean; code?: string }[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { ok, code } of results) {
    const answer = ok ? "ok" : (code ?? "");
    counts[answer] = (counts[answer] ?? 0) + 1;
  }
  return counts;
}
