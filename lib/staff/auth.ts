import "server-only";
import type { NextAuthOptions } from "next-auth";
import Credentials from "next-auth/providers/credentials";
import { endSessionById, getSessionStaff } from "./sessions";
import { type SignInOrigin, type SignInResult, signIn } from "./sign-in";
import { parseToken, readSecret, sessionSeconds, toClaims } from "./token";

/** How one request to sign in went, in more words than next-auth's redirect has. */
export type SignInReport = { result?: SignInResult; error?: unknown };

type AuthRequest = { secure: boolean; origin: SignInOrigin; report: SignInReport };

/**
 * next-auth for one request: credentials, and a token (JWT) that carries the id of a staff_sessions row and of
 * its person. Role and state are read from the database on every request, so nothing in the cookie can go stale.
 */
export function authOptions({ secure, origin, report }: AuthRequest): NextAuthOptions {
  return {
    secret: readSecret(),
    useSecureCookies: secure,
    session: { strategy: "jwt", maxAge: sessionSeconds },
    pages: { signIn: "/sign-in", signOut: "/account", error: "/sign-in" },
    providers: [
      Credentials({
        credentials: { email: {}, password: {} },
        async authorize(credentials) {
          try {
            report.result = await signIn({ email: credentials?.email, password: credentials?.password }, origin);
          } catch (error) {
            report.error = error;
            return null;
          }
          return report.result.ok ? { id: report.result.sessionId } : null;
        },
      }),
    ],
    callbacks: {
      // At sign-in `user` is what authorize gave; afterwards the row behind the token decides, and throwing clears it.
      async jwt({ token, user }) {
        if (user) return toClaims({ sessionId: user.id, staffId: report.result?.ok ? report.result.staffId : null });
        const session = parseToken(token);
        const staff = session && (await getSessionStaff(session.sessionId));
        if (!staff) throw new Error("The session has ended.");
        return toClaims({ sessionId: staff.sessionId, staffId: staff.id });
      },
      // Nobody reads next-auth's own session; it says no more than that there is one.
      session: ({ session }) => ({ expires: session.expires }),
      // Only paths arrive here (the route checks them), and they stay paths: the host is whatever the browser used.
      redirect: ({ url }) => url,
    },
    events: {
      async signOut({ token }) {
        const session = parseToken(token);
        if (session) await endSessionById(session.sessionId);
      },
    },
    // Its own logger prints a stack for every wrong password. Ours has written the line already (security-log.ts).
    logger: { error: () => undefined, warn: () => undefined, debug: () => undefined },
  };
}
