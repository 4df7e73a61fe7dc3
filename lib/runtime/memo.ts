type Entry<T> = { value: T; until: number };

/** How long an entry is kept, and how many are; beyond that the oldest is dropped. `now` in ms, for tests. */
export type MemoLimits = { milliseconds: number; most: number; now?: () => number };

/** Values by key, each for a limited time. `set` uses the memo's own time unless it is given another. */
export type Memo<T> = {
  get(key: string): T | undefined;
  set(key: string, value: T, milliseconds?: number): void;
  forget(key: string): void;
  readonly size: number;
};

/**
 * The one memo with a time to live. A dropped entry costs its asker one more question, and never makes an answer wrong.
 */
export function createMemo<T>({ milliseconds: usual, most, now = () => Date.now() }: MemoLimits): Memo<T> {
  const entries = new Map<string, Entry<T>>();

  return {
    get(key) {
      const entry = entries.get(key);
      if (!entry) return undefined;
      if (entry.until > now()) return entry.value;
      entries.delete(key);
      return undefined;
    },
    set(key, value, milliseconds = usual) {
      // A rewritten entry becomes the youngest.
      entries.delete(key);
      const [oldest] = entries.size < most ? [] : entries.keys();
      if (oldest !== undefined) entries.delete(oldest);
      entries.set(key, { value, until: now() + milliseconds });
    },
    forget: (key) => void entries.delete(key),
    get size() {
      return entries.size;
    },
  };
}

/**
 * A memo of answers. Whoever asks while an answer is on its way waits for the same one; a failed answer is dropped at
 * once. `renew` bypasses the memo and stores the new answer.
 */
export type AnswerMemo<T> = {
  answer(key: string, ask: () => Promise<T>, renew?: boolean): Promise<T>;
};

/** A memo of answers; see `createMemo` for its limits. */
export function createAnswerMemo<T>(limits: MemoLimits): AnswerMemo<T> {
  const memo = createMemo<Promise<T>>(limits);
  return {
    answer(key, ask, renew = false) {
      const known = renew ? undefined : memo.get(key);
      if (known) return known;
      const answer = ask();
      memo.set(key, answer);
      answer.catch(() => {
        if (memo.get(key) === answer) memo.forget(key);
      });
      return answer;
    },
  };
}
