/** Ends a command with one sentence for its user: no stack trace, never a secret. */
export class Stop extends Error {
  override name = "Stop";
}
