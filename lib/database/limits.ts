/**
 * Milliseconds that a statement may take on the server, by purpose. Set with `set local` in each transaction, because
 * nothing may depend on session state behind PgBouncer. "count" counts to the last row; somebody asked for it and
 * waits. "broad" is what no index can answer: it may be given up, and must not take the machine from others. "health"
 * looks at the database itself and must cost it next to nothing. "sparkline" is drawn beside a view, and is left out
 * if it takes longer. "forget" removes a person, for whom every message is searched. "freeze" stores up to 100,000
 * contacts as a set.
 */
export const timeLimits = {
  interactive: 5_000,
  broad: 1_000,
  health: 500,
  sparkline: 500,
  count: 20_000,
  bulk: 5_000,
  freeze: 5_000,
  forget: 300_000,
  export: 60_000,
  analytics: 60_000,
} as const;

export type Purpose = keyof typeof timeLimits;
