import "server-only";

/** How long what stands beside a list is good for, in ms, while nothing but the open contact changes. */
const rememberFor = 10_000;

/** Lists remembered at once; the oldest goes first. */
const most = 500;

/** Answers under way or there; each says for itself whether it failed. */
type Answers = Record<string, Promise<{ ok: boolean }>>;

const remembered = new Map<string, { until: number; answers: Answers }>();

/**
 * What was asked for beside the same list some seconds ago, else asked for anew. Opening a contact beside the list asks for the page
 * again, and its counts and facets with it, which a person would see no difference in.
 * @param list names all that it depends on: who looks, the filter, and the rows with their versions, so that a change is counted at once
 * @param again false has it asked anew in any case, and remembered
 */
export function rememberBeside<T extends Answers>(list: unknown[], again: boolean, ask: () => T, now = Date.now()): T {
  const key = JSON.stringify(list);
  const known = remembered.get(key);
  if (again && known && known.until > now) return known.answers as T;
  const answers = ask();
  remembered.delete(key);
  remembered.set(key, { until: now + rememberFor, answers });
  for (const [oldest, { until }] of remembered) {
    if (until > now && remembered.size <= most) break;
    remembered.delete(oldest);
  }
  const forget = () => remembered.get(key)?.answers === answers && remembered.delete(key);
  // What failed is asked for again.
  Promise.all(Object.values(answers)).then((all) => all.every(({ ok }) => ok) || forget(), forget);
  return answers;
}
