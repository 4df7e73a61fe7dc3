/** Ends a command with one sentence for the person who gave it: no stack trace, never a secret. */
export class Stop extends Error {
  override name = "Stop";
}
