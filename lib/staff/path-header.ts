/** The request header in which proxy.ts says which page was asked for. A convenience: it is checked, and may be absent. */
export const pathHeader = "x-desk-path";
