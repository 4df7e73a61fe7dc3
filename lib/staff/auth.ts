import "server-only";
import { AsyncLocalStorage } from "node:async_hooks";
import type { NextAuthOptions } from "next-auth";
import Credentials from "next-auth/providers/credentials";
import type { SecondStep } from "./factor/step-cookie";
import { parseLocalPath } from "./local-path";
import { type ProviderSignIn, signInByProvider } from "./provider/identities";
import { providerId, toOAuthProvider } from "./provider/oauth";
import { isOfIssuer, parseOpenIdClaims } from "./provider/openid-claims";
import type { ProviderSettings } from "./provider/settings";
import { endSessionById, getSessionStaff } from "./session/sessions";
import { parseToken, readSecret, sessionSeconds, toTokenPayload } from "./session/token";
import { type SignInOrigin, type SignInResult, signIn, signInByCode } from "./sign-in";

/** How one sign-in request went, in more detail than next-auth's redirect carries. */
export type SignInReport = {
  /** For a sign-in by password. */
  result?: SignInResult;
  provider?: ProviderSignIn;
  /** An error of the desk itself. */
  error?: unknown;
  /** An error that next-auth met while talking to the provider. */
  failure?: unknown;
};

type AuthRequest = {
  secure: boolean;
  origin: SignInOrigin;
  provider: ProviderSettings | null;
  /** The person whose password was right a moment ago, if this request gives a code. */
  step: SecondStep | null;
  report: SignInReport;
};

/**
 * The next-auth options of one request: credentials, and the company's provider if there is one. The token (JWT)
 * carries the ids of a staff_sessions row and of its person. Role and state are read from the database on every
 * request, so nothing in the cookie goes stale.
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
      // For a password, authorize has decided already.
      async signIn({ account, profile }) {
        if (account?.provider !== providerId) return true;
        const person = provider && parseOpenIdClaims(profile, provider);
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
      // At sign-in there is a `user`, and the report names the session that was opened. Later the staff_sessions row
      // decides, and throwing clears the token.
      async jwt({ token, user }) {
        if (user) return toTokenPayload(openedSession(report));
        const session = parseToken(token);
        const staff = session && (await getSessionStaff(session.sessionId));
        if (!staff) throw new Error("The session has ended.");
        return toTokenPayload({ sessionId: staff.sessionId, staffId: staff.id });
      },
      // Nobody reads next-auth's own session, so it holds only when it expires.
      session: ({ session }) => ({ expires: session.expires }),
      // Local paths only: from the form, or from next-auth's cookie while the person is at the provider.
      redirect: ({ url }) => parseLocalPath(url) ?? "/",
    },
    events: {
      async signOut({ token }) {
        const session = parseToken(token);
        if (session) await endSessionById(session.sessionId);
      },
    },
    // next-auth's logger prints a stack for every wrong password. security-log.ts has logged it already.
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

/** next-auth has one logger for all requests, the latest request's. The async context tells whose failure is logged. */
const reports = new AsyncLocalStorage<SignInReport>();

/** Runs next-auth for one request; its failures end up in the report. */
export function withReport<T>(report: SignInReport, work: () => Promise<T>): Promise<T> {
  return reports.run(report, work);
}

function openedSession({ result, provider }: SignInReport) {
  const opened = result?.ok ? result : provider?.ok ? provider : null;
  if (!opened) throw new Error("No session was opened.");
  return { sessionId: opened.sessionId, staffId: opened.staffId };
}
