import { numberLimits } from "@/lib/contact/insight-limits";
import { parseRange } from "../ranges";

/**
 * How the terms of sql/0500 tell a value. `may`: every contact with the value answers this. `sure`: only contacts with the
 * value do, so that it can be negated. Null where no term says so, and where too many others answer it: there the value's
 * own index is better.
 */
export type FindTerms = (value: string) => { may: string | null; sure: string | null };

/** One term, the value behind its prefix. `otherwise`: terms of contacts about which the terms tell no more. */
export function exactly(prefix: string, otherwise = ""): FindTerms {
  return (value) => {
    const sure = quote(prefix + value);
    return { may: sure + otherwise, sure };
  };
}

/** Contacts have d:N for their number of documents, and D:0 … D:N. Both go up to this number. */
const mostDocuments = 10;

/** Terms of a range of documents. */
export function findDocuments(value: string): ReturnType<FindTerms> {
  const range = parseRange(value, numberLimits.documents);
  if (!range) return { may: quote("d:"), sure: quote("d:") };
  const least = Math.floor(Number(range.least ?? 0));
  // The terms do not tell those with more apart. The index of the numbers does.
  if (least >= mostDocuments) return { may: null, sure: null };
  const most = range.most === null ? mostDocuments : Math.floor(Number(range.most));
  if (least === most) return { may: quote(`d:${least}`), sure: null };
  const from = quote(`D:${least}`);
  if (most < mostDocuments) return { may: `${from} & !${quote(`D:${most + 1}`)}`, sure: null };
  const isWhole = range.most === null && Number(range.least ?? 0) === least;
  return { may: from, sure: isWhole ? from : null };
}

/** Terms of a range of complexity. Contacts have x:N for their step of 0.02, 0 … 49, and X:0 … X:N for those of 0.1. */
export function findComplexity(value: string): ReturnType<FindTerms> {
  const range = parseRange(value, numberLimits.complexity);
  if (!range) return { may: quote("x:"), sure: quote("x:") };
  // In millionths, which are whole, because 0.58 * 50 is less than 29 in floating point.
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
