/** The texts about the months of history and events that are kept. */
export const monthWords = {
  keep: "Months to keep",
  history: "Months of history",
  events: "Months of the website's events",
  all: "all",
  limits: (history: number, events: number) =>
    `At least ${history} of history and ${events} of events. Leave empty to keep all.`,
  notCounted: "Couldn't count what is older. Reload the page.",
  undivided: "Here the website's events are one table and stay. Whoever runs the desk can divide it by month.",
  preview: "Preview",
  save: "Save months",
  off: "Off: all months stay.",
  wouldBeOff: "All months would stay.",
  onNothing: "On. Nothing is older yet.",
  nothing: "Nothing is older yet.",
  before: (rows: string, of: string, month: string, size: string) => `${rows} of ${of} from before ${month} (${size})`,
  takesOff: (saved: boolean, parts: string) =>
    `${saved ? "Within a day, this takes" : "This would take"} off ${parts}.`,
};
