/** The texts of the query bar and its suggestions. */
export const queryWords = {
  label: "Search words or filters",
  hint: "Search words, or type a filter…",
  suggestions: "Suggestions",
  countSuggestions: (count: number) => `${count} ${count === 1 ? "suggestion" : "suggestions"}`,
  removeFilter: (label: string, text: string) => `Remove filter ${label}: ${text}`,
  clearAll: "Clear all",
  use: (fix: string) => `Use ${fix}`,
};
