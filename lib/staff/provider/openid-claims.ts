import { z } from "zod";
import { type Role, roles } from "../staff";
import { emailSchema, nameSchema } from "../staff-input";
import type { ProviderSettings } from "./settings";

/** A person as the provider describes them in a signed token. */
export type ProviderPerson = {
  issuer: string;
  /** Identifies them at the issuer for good; everything else may change. */
  subject: string;
  /** Null if there is none, or one that cannot be stored. */
  email: string | null;
  emailVerified: boolean;
  name: string | null;
  /** The highest role that the OpenID claim gives; null for none. "not asked" if no such claim is configured. */
  role: Role | null | "not asked";
};

const identitySchema = z.object({
  iss: z.string().min(1).max(2_000),
  // At most 255 ASCII characters (OpenID Connect Core, 2).
  sub: z.string().regex(/^[\x20-\x7e]{1,255}$/),
});
const detailsSchema = z.object({
  email: emailSchema.nullable().catch(null),
  email_verified: z.union([z.boolean(), z.stringbool()]).catch(false),
  name: nameSchema.nullable().catch(null),
});

/** What an ID token's OpenID claims say about a person; null if they identify none. The signature has been checked. */
export function parseOpenIdClaims(claims: unknown, settings: Pick<ProviderSettings, "roles">): ProviderPerson | null {
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
 * Whether the token's issuer is the one in the settings, ignoring a slash at the end. openid-client only compares it
 * with what the provider says about itself.
 */
export function isOfIssuer({ issuer }: ProviderPerson, settings: Pick<ProviderSettings, "issuer">): boolean {
  const plain = (address: string) => address.replace(/\/$/, "");
  return plain(issuer) === plain(settings.issuer);
}

/** The highest role that the values of an OpenID claim give; null for none. */
function deriveRole(claims: unknown, { openIdClaim, byValue }: NonNullable<ProviderSettings["roles"]>): Role | null {
  const given = listValues(readOpenIdClaim(claims, openIdClaim), byValue).flatMap((value) => byValue.get(value) ?? []);
  return roles.findLast((role) => given.includes(role)) ?? null;
}

/**
 * An OpenID claim by its name, which may contain dots ("https://desk.example/roles"), or else by its path
 * ("realm_access.roles").
 */
function readOpenIdClaim(claims: unknown, name: string): unknown {
  if (typeof claims !== "object" || claims === null) return undefined;
  if (Object.hasOwn(claims, name)) return Reflect.get(claims, name);
  return name.split(".").reduce<unknown>((within, key) => {
    return typeof within === "object" && within !== null && Object.hasOwn(within, key)
      ? Reflect.get(within, key)
      : undefined;
  }, claims);
}

/** Only this many groups of a person are read. */
const mostValues = 5_000;

/**
 * The values of an OpenID claim. An array gives its strings. A text is read as a whole, split at commas, or split at
 * commas and blanks; the first way in which every part is a known value counts. So a word within a job title is not
 * taken for a value.
 */
function listValues(claim: unknown, known: ReadonlyMap<string, Role>): string[] {
  if (Array.isArray(claim)) return claim.slice(0, mostValues).filter((value) => typeof value === "string");
  if (typeof claim !== "string") return [];
  const readings = [[claim], claim.split(","), claim.split(/[\s,]/)].map((values) =>
    values.map((value) => value.trim()).filter(Boolean),
  );
  return readings.find((values) => values.every((value) => known.has(value))) ?? [];
}
