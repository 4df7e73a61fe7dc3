/** Longest text that a value of the insights can be, in characters; a longer one is malformed. */
export const longestInsightText = 100;

/** Largest values of the two numbers of the insights; a larger one, a negative one or no number at all is malformed. */
export const numberLimits = { documents: 1_000_000, complexity: 1 } as const;
