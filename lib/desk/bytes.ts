const units = [
  ["TB", 1e12],
  ["GB", 1e9],
  ["MB", 1e6],
  ["kB", 1e3],
] as const;

/** A byte count in decimal units: "412 kB", "1.5 MB". A negative or non-finite number gives "size unknown". */
export function formatBytes(bytes: number): string {
  if (!Number.isFinite(bytes) || bytes < 0) return "size unknown";
  // A value that rounds to 1,000 is shown as 1 of the next unit.
  const [unit, size] = units.find(([, least]) => bytes >= least * 0.9995) ?? ["bytes", 1];
  const value = bytes / size;
  const digits = unit === "bytes" || value >= 10 ? 0 : 1;
  const text = value.toLocaleString("en-GB", { maximumFractionDigits: digits });
  return unit === "bytes" && text === "1" ? "1 byte" : `${text} ${unit}`;
}
