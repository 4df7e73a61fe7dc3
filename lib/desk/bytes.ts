const units = [
  ["TB", 1e12],
  ["GB", 1e9],
  ["MB", 1e6],
  ["kB", 1e3],
] as const;

/** A number of bytes in decimal units, as a person says it: "412 kB", "1.5 MB". What is no size is said to be unknown. */
export function formatBytes(bytes: number): string {
  if (!Number.isFinite(bytes) || bytes < 0) return "size unknown";
  // What would be rounded to 1,000 of a unit is 1 of the next.
  const [unit, size] = units.find(([, least]) => bytes >= least * 0.9995) ?? ["bytes", 1];
  const value = bytes / size;
  const digits = unit === "bytes" || value >= 10 ? 0 : 1;
  const text = value.toLocaleString("en-GB", { maximumFractionDigits: digits });
  return unit === "bytes" && text === "1" ? "1 byte" : `${text} ${unit}`;
}
