import { numberLimits } from "@/lib/contact/insight-limits";
import { parseRange } from "../ranges";

/**
 * How the terms of sql/0500 find a value, as parts of a tsquery. `may`: every contact with the value matches this.
 * `sure`: only contacts with the value match it, so that it can be negated. Null if no term says so, or if too many
 * other contacts match: the value's own index is then better.
 */
export type FindTerms = (value: string) => { may: string | null; sure: string | null };

/**
 * One term: the prefix and the value. `otherwise` adds the term of contacts with too many types to have terms for them.
 */
export function exactly(prefix: string, otherwise = ""): FindTerms {
  return (value) => {
    const sure = quote(prefix + value);
    return { may: sure + otherwise, sure };
  };
}

/** A contact has the term d:N for its number of documents, and D:0 … D:N. Both end at this number. */
const mostDocuments = 10;

/** Terms of a range of documents. */
export function findDocuments(value: string): ReturnType<FindTerms> {
  const range = parseRange(value, numberLimits.documents);
  if (!range) return { may: quote("d:"), sure: quote("d:") };
  const least = Math.floor(Number(range.least ?? 0));
  // The terms do not tell larger numbers apart. The index of the numbers does.
  if (least >= mostDocuments) return { may: null, sure: null };
  const most = range.most === null ? mostDocuments : Math.floor(Number(range.most));
  if (least === most) return { may: quote(`d:${least}`), sure: null };
  const from = quote(`D:${least}`);
  if (most < mostDocuments) return { may: `${from} & !${quote(`D:${most + 1}`)}`, sure: null };
  const isWhole = range.most === null && Number(range.least ?? 0) === least;
  return { may: from, sure: isWhole ? from : null };
}

/** Terms of a range of complexity. A contact has x:N for its step of 0.02 (0 … 49), and X:0 … X:N for steps of 0.1. */
export function findComplexity(value: string): ReturnType<FindTerms> {
  const range = parseRange(value, numberLimits.complexity);
  if (!range) return { may: quote("x:"), sure: quote("x:") };
  // Computed in whole millionths, because 0.58 * 50 is less than 29 in floating point.
  const stepOf = (bound: string) => Math.min(Math.floor(Math.round(Number(bound) * 1e6) / 20_000), 49);
  const least = stepOf(range.least ?? "0");
  const most = stepOf(range.most ?? "1");
  if (most - least < 5) {
    const steps = Array.from({ length: most - least + 1 }, (_none, index) => quote(`x:${least + index}`));
    return { may: steps.join(" | "), sure: null };
  }
  const from = quote(`X:${Math.floor(least / 5)}`);
  const beyond = Math.floor(most / 5) + 1;
  return { may: beyond > 9 ? from : `${from} & !${quote(`X:${beyond}`)}`, sure: null };
}

/** A term as tsquery reads it. */
function quote(term: string): string {
  return `'${term.replaceAll("\\", "\\\\").replaceAll("'", "''")}'`;
}
