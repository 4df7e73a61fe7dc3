import "server-only";
import { AsyncLocalStorage } from "node:async_hooks";
import type { NextAuthOptions } from "next-auth";
import Credentials from "next-auth/providers/credentials";
import type { SecondStep } from "./factor/step-cookie";
import { parseLocalPath } from "./local-path";
import { isOfIssuer, parseClaims } from "./provider/claims";
import { type ProviderSignIn, signInByProvider } from "./provider/identities";
import { providerId, toOAuthProvider } from "./provider/oauth";
import type { ProviderSettings } from "./provider/settings";
import { endSessionById, getSessionStaff } from "./session/sessions";
import { parseToken, readSecret, sessionSeconds, toClaims } from "./session/token";
import { type SignInOrigin, type SignInResult, signIn, signInByCode } from "./sign-in";

/** How one request to sign in went, in more words than next-auth's redirect has. */
export type SignInReport = {
  /** By password. */
  result?: SignInResult;
  provider?: ProviderSignIn;
  /** The desk's own failure. */
  error?: unknown;
  /** What next-auth stumbled over between us and the provider. */
  failure?: unknown;
};

type AuthRequest = {
  secure: boolean;
  origin: SignInOrigin;
  provider: ProviderSettings | null;
  /** Whose password was right a moment ago, where a code is what is given now. */
  step: SecondStep | null;
  report: SignInReport;
};

/**
 * next-auth for one request: credentials, the company's provider where there is one, and a token (JWT) that carries the
 * id of a staff_sessions row and of its person. Role and state are read from the database on every request, so nothing in
 * the cookie can go stale.
 */
export function authOptions({ secure, origin, provider, step, report }: AuthRequest): NextAuthOptions {
  return {
    secret: readSecret(),
    useSecureCookies: secure,
    session: { strategy: "jwt", maxAge: sessionSeconds },
    pages: { signIn: "/sign-in", signOut: "/account", error: "/sign-in" },
    providers: [
      Credentials({
        credentials: { email: {}, password: {}, code: {} },
        async authorize(credentials) {
          try {
            report.result = step
              ? await signInByCode(step, credentials?.code, origin)
              : await signIn({ email: credentials?.email, password: credentials?.password }, origin);
          } catch (error) {
            report.error = error;
            return null;
          }
          return report.result.ok ? { id: report.result.sessionId } : null;
        },
      }),
      ...(provider ? [toOAuthProvider(provider)] : []),
    ],
    callbacks: {
      // By password, authorize has decided already.
      async signIn({ account, profile }) {
        if (account?.provider !== providerId) return true;
        const person = provider && parseClaims(profile, provider);
        if (!person) return false;
        if (!isOfIssuer(person, provider)) {
          report.provider = { ok: false, problem: "issuer" };
          return false;
        }
        try {
          report.provider = await signInByProvider(person, provider, origin);
        } catch (error) {
          report.error = error;
        }
        return report.provider?.ok === true;
      },
      // At sign-in there is a `user`, and the report says whose session was opened; afterwards the row behind the token
      // decides, and throwing clears it.
      async jwt({ token, user }) {
        if (user) return toClaims(openedSession(report));
        const session = parseToken(token);
        const staff = session && (await getSessionStaff(session.sessionId));
        if (!staff) throw new Error("The session has ended.");
        return toClaims({ sessionId: staff.sessionId, staffId: staff.id });
      },
      // Nobody reads next-auth's own session; it says no more than that there is one.
      session: ({ session }) => ({ expires: session.expires }),
      // Paths of ours only: from the form, or from the cookie that remembers it while somebody is at the provider.
      redirect: ({ url }) => parseLocalPath(url) ?? "/",
    },
    events: {
      async signOut({ token }) {
        const session = parseToken(token);
        if (session) await endSessionById(session.sessionId);
      },
    },
    // Its own logger prints a stack for every wrong password. Ours has written the line already (security-log.ts).
    logger: {
      error: (_, details) => {
        const own = reports.getStore();
        if (own) own.failure ??= details instanceof Error ? details : details.error;
      },
      warn: () => undefined,
      debug: () => undefined,
    },
  };
}

/** next-auth has one logger for all requests, the latest one's: so each request's failures are told apart by its context. */
const reports = new AsyncLocalStorage<SignInReport>();

/** Lets next-auth work on one request; what it stumbles over is in the report. */
export function withReport<T>(report: SignInReport, work: () => Promise<T>): Promise<T> {
  return reports.run(report, work);
}

function openedSession({ result, provider }: SignInReport) {
  const opened = result?.ok ? result : provider?.ok ? provider : null;
  if (!opened) throw new Error("No session was opened.");
  return { sessionId: opened.sessionId, staffId: opened.staffId };
}
