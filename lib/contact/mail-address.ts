import { isNotGiven } from "@/lib/database/not-given";
import { hexOf, isBlank, trimText } from "@/lib/text/visible-text";

/** An address that can be written to, as a mailto link has it (RFC 6068), or why it cannot, in words. */
export type MailAddress = { ok: true; inLink: string } | { ok: false; problem: string };

/** RFC 5321's limit on a path, in octets. */
const longestAddress = 254;

const quotedLocal = /^"(?:[^"\\]|\\.)*"/su;
/** RFC 5322's specials and quotation marks. Unquoted, none of them can stand in an address. */
const special = /[@<>()[\]\\,;:"]/u;

/**
 * Reads a stored address, without the blanks and invisible characters around it. It may have letters of every script
 * (RFC 6531) and a quoted local part; deliverability is not judged. In a link the domain is in its ASCII form, which
 * every mail program knows.
 */
export function parseMailAddress(stored: string): MailAddress {
  const text = trimText(stored);
  if (isNotGiven(text)) return fail("There is no address to reply to.");
  if (new TextEncoder().encode(text).length > longestAddress) return refuse("it is longer than any address can be");
  const quoted = quotedLocal.exec(text)?.[0];
  if (text.startsWith('"') && quoted === undefined) return refuse("its quotation mark is not closed");
  const at = quoted === undefined ? text.indexOf("@") : quoted.length;
  if (text[at] !== "@") return refuse(quoted === undefined ? "it has no @" : "no @ follows its quotation marks");
  const [local, domain] = [text.slice(0, at), text.slice(at + 1)];
  const problem = findManyProblem(domain) ?? (quoted === undefined ? findProblem(local) : findControl(local));
  if (problem) return refuse(problem);
  if (local === "" || local === '""') return refuse("nothing stands before the @");
  const ascii = parseDomain(domain);
  return ascii.ok ? { ok: true, inLink: `${encodeURIComponent(local)}@${ascii.domain}` } : refuse(ascii.problem);
}

function findManyProblem(domain: string): string | null {
  if (!domain.includes("@")) return null;
  return /[\s,;]/.test(domain) ? "it is more than one address" : "it has more than one @";
}

type Domain = { ok: true; domain: string } | { ok: false; problem: string };

function parseDomain(domain: string): Domain {
  if (domain === "") return { ok: false, problem: "nothing stands after the @" };
  const problem = /^\[.*\]$/.test(domain) ? numbered : findProblem(domain);
  if (problem) return { ok: false, problem };
  const ascii = toAscii(domain);
  if (ascii !== null && /^[\d.]+$/.test(ascii)) return { ok: false, problem: numbered };
  if (ascii === null || !ascii.split(".").every((label) => label !== "" && label.length <= 63)) {
    return { ok: false, problem: `“${domain}” is not a domain` };
  }
  return ascii.includes(".") ? { ok: true, domain: ascii } : { ok: false, problem: `“${domain}” has no dot` };
}

const numbered = "it names a server by its number";

/** A domain in ASCII, by the URL standard's UTS 46. Null if it is none. */
function toAscii(domain: string): string | null {
  if (/[^\w.-]/.test(domain.replace(/[^\0-\x7f]/g, ""))) return null;
  if (/^[\w.-]+$/.test(domain)) return domain;
  return URL.canParse(`http://${domain}`) ? new URL(`http://${domain}`).hostname : null;
}

function findProblem(part: string): string | null {
  const character = special.exec(part)?.[0];
  if (/\s/.test(part)) return "it has a blank in it";
  return findControl(part) ?? (character ? `it has “${character}” in it` : null);
}

/** Also in quotation marks a mail server would refuse what cannot be seen, but for a space. */
function findControl(part: string): string | null {
  const hidden = [...part].find((character) => character !== " " && (isBlank(character) || /\p{C}/u.test(character)));
  if (hidden === undefined) return null;
  return `it has an invisible character in it (U+${hexOf(hidden)})`;
}

function refuse(problem: string): MailAddress {
  return fail(`You can't reply to this address: ${problem}.`);
}

function fail(problem: string): MailAddress {
  return { ok: false, problem };
}
