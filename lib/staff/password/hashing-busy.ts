/** Too many passwords are being checked right now. */
export class HashingBusyError extends Error {
  override name = "HashingBusyError";
}
