import { z } from "zod";
import { type Role, roles } from "../staff";
import { emailSchema, nameSchema } from "../staff-input";
import type { ProviderSettings } from "./settings";

/** Somebody as the provider describes them in a signed token. */
export type ProviderPerson = {
  issuer: string;
  /** Names them at the issuer for good; everything else may change. */
  subject: string;
  /** Null when there is none that can be kept. */
  email: string | null;
  emailVerified: boolean;
  name: string | null;
  /** The highest role that the claim gives; null when it gives none. "not asked" where no claim is configured. */
  role: Role | null | "not asked";
};

const identitySchema = z.object({
  iss: z.string().min(1).max(2_000),
  // 255 ASCII characters at most (OpenID Connect Core, 2).
  sub: z.string().regex(/^[\x20-\x7e]{1,255}$/),
});
const detailsSchema = z.object({
  email: emailSchema.nullable().catch(null),
  email_verified: z.union([z.boolean(), z.stringbool()]).catch(false),
  name: nameSchema.nullable().catch(null),
});

/** What a token's claims say about a person; null when they do not even name one. The signature has been checked. */
export function parseClaims(claims: unknown, settings: Pick<ProviderSettings, "roles">): ProviderPerson | null {
  const identity = identitySchema.safeParse(claims).data;
  if (!identity) return null;
  const { email, email_verified, name } = detailsSchema.parse(claims);
  return {
    issuer: identity.iss,
    subject: identity.sub,
    email,
    emailVerified: email_verified,
    name,
    role: settings.roles ? deriveRole(claims, settings.roles) : "not asked",
  };
}

/**
 * Whether the issuer that a token names is the one of the settings, a slash at the end aside. openid-client compares it only
 * with what the provider says of itself.
 */
export function isOfIssuer({ issuer }: ProviderPerson, settings: Pick<ProviderSettings, "issuer">): boolean {
  const plain = (address: string) => address.replace(/\/$/, "");
  return plain(issuer) === plain(settings.issuer);
}

/** The highest role that the values of a claim give; null for none. */
function deriveRole(claims: unknown, { claim, byValue }: NonNullable<ProviderSettings["roles"]>): Role | null {
  const given = listValues(readClaim(claims, claim), byValue).flatMap((value) => byValue.get(value) ?? []);
  return roles.findLast((role) => given.includes(role)) ?? null;
}

/** A claim by its name, which may hold dots itself ("https://desk.example/roles"), else by its path ("realm_access.roles"). */
function readClaim(claims: unknown, name: string): unknown {
  if (typeof claims !== "object" || claims === null) return undefined;
  if (Object.hasOwn(claims, name)) return Reflect.get(claims, name);
  return name.split(".").reduce<unknown>((within, key) => {
    return typeof within === "object" && within !== null && Object.hasOwn(within, key)
      ? Reflect.get(within, key)
      : undefined;
  }, claims);
}

/** More than this many groups of one person are passed over. */
const mostValues = 5_000;

/**
 * The values of a claim: an array's texts; or a text as a whole; or its parts between commas, else between commas and blanks,
 * where every one of them is known. A word of a sentence, such as a job's title, is no value.
 */
function listValues(claim: unknown, known: ReadonlyMap<string, Role>): string[] {
  if (Array.isArray(claim)) return claim.slice(0, mostValues).filter((value) => typeof value === "string");
  if (typeof claim !== "string") return [];
  const readings = [[claim], claim.split(","), claim.split(/[\s,]/)].map((values) =>
    values.map((value) => value.trim()).filter(Boolean),
  );
  return readings.find((values) => values.every((value) => known.has(value))) ?? [];
}
