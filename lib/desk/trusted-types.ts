/** A policy of Trusted Types: the only way to make what a browser that has them takes as HTML or as a script's address. */
export type TrustedTypesPolicy = { createHTML(input: string): string; createScriptURL(input: string): string };

type Rules = {
  createHTML?: (input: string) => string | null;
  createScriptURL?: (input: string) => string | null;
};

type PolicyName = "default" | "picture-page";

// TypeScript's own description of the browser does not have it yet.
declare global {
  var trustedTypes: { createPolicy(name: PolicyName, rules: Rules): TrustedTypesPolicy } | undefined;
}

const names: PolicyName[] = ["default", "picture-page"];

/** What a page's policy says of them: plain texts are no scripts and no HTML, and there are no policies but ours. */
export const trustedTypesDirectives = ["require-trusted-types-for 'script'", `trusted-types ${names.join(" ")}`];

/**
 * The same address where it is one of the built files, which alone may become scripts and workers; null for any other.
 * @param page the address of the page that asks
 */
export function builtFile(address: string, page: string): string | null {
  if (!URL.canParse(address, page)) return null;
  const { origin, pathname } = new URL(address, page);
  return origin === new URL(page).origin && pathname.startsWith("/_next/static/") ? address : null;
}

/**
 * Says what our libraries may still hand to the browser as plain text: Turbopack and React the addresses of built files,
 * and React the empty element by which it makes a script that the browser does not run twice. All else is refused.
 * Has to be called before the first of them does. Without Trusted Types in the browser it does nothing.
 */
export function guardPlainText(): void {
  globalThis.trustedTypes?.createPolicy("default", {
    createHTML: (html) => (html === "<script></script>" ? html : null),
    createScriptURL: (address) => builtFile(address, document.baseURI),
  });
}
