import { formatCount } from "@/lib/desk/wording";

/** A length of time in its two largest units: "3 h 12 min". Milliseconds in. */
export function formatDuration(milliseconds: number): string {
  const minutes = Math.max(0, Math.round(milliseconds / 60_000));
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
  return hours % 24 === 0 ? `${Math.floor(hours / 24)} d` : `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

/** How `now` compares with `before`: "up 12 %", "down under 1 %", "unchanged"; null where there was nothing before. */
export function describeTrend(now: number, before: number): string | null {
  if (before === 0) return null;
  if (now === before) return "unchanged";
  const percent = Math.round((Math.abs(now - before) / before) * 100);
  return `${now > before ? "up" : "down"} ${percent === 0 ? "under 1" : formatCount(percent)} %`;
}
