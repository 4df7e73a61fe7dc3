/**
 * The limits of one connection and one request. Times in ms, sizes in bytes. docs/security.md explains each to
 * administrators.
 */
export const httpLimits = {
  /** Until the head of a request has arrived, from its first byte or from the start of the connection. */
  headTime: 10_000,
  /** Until a whole request has arrived, body included. */
  requestTime: 20_000,
  /** Without a byte in either direction. Longer than the slowest answer (60 s) and than the live stream's heartbeat (15 s). */
  idleTime: 120_000,
  /** An idle connection between two requests. Longer than the 60 s of common proxies, so that they close first. */
  keepAliveTime: 65_000,
  /** How often connections are checked for the times above. */
  checkEvery: 2_000,
  /** The head of a request. Node's own default, stated here. */
  headBytes: 16_384,
  headLines: 100,
  /** Open connections of this process, and of one network address where no proxy stands in front. */
  connections: 4_000,
  connectionsOfAddress: 1_000,
  /** From the signal to stop until requests in flight are cut. `npm start` kills after 10 s. */
  stopTime: 9_000,
} as const;

/** The largest body, in bytes, unless its action needs more. */
export const bodyLimit = 65_536;

/** Server actions that may receive more than `bodyLimit`, by file and name, and why. */
export const largerBodies: Record<string, number> = {
  // 1,000 contacts, each with an id of up to 255 characters and a version.
  "lib/change/actions.ts setTriage": 1_048_576,
  // 10,000 characters, each up to six bytes as JSON. The limit is higher, so that a longer text is answered that it is
  // too long.
  "lib/notes/actions.ts addNote": 262_144,
  "lib/notes/actions.ts setNoteText": 262_144,
};

/** The largest body, in bytes, of forms that sign in or out. */
export const signInBodyLimit = 16_384;

/** How deep arrays and objects may be nested in a call. The desk's own calls stay below ten. */
export const deepestNesting = 32;
