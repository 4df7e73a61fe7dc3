/** A Trusted Types policy. In browsers that enforce them, only a policy can create HTML or the address of a script. */
export type TrustedTypesPolicy = { createHTML(input: string): string; createScriptURL(input: string): string };

type Rules = {
  createHTML?: (input: string) => string | null;
  createScriptURL?: (input: string) => string | null;
};

type PolicyName = "default" | "picture-page";

// TypeScript's DOM types do not include it yet.
declare global {
  var trustedTypes: { createPolicy(name: PolicyName, rules: Rules): TrustedTypesPolicy } | undefined;
}

const names: PolicyName[] = ["default", "picture-page"];

/** The Content-Security-Policy directives: plain text is neither script nor HTML, and only our policies are allowed. */
export const trustedTypesDirectives = ["require-trusted-types-for 'script'", `trusted-types ${names.join(" ")}`];

/**
 * The address itself if it is one of our built files; null otherwise. Only built files may be loaded as scripts and
 * workers.
 * @param page the address of the page that asks
 */
export function builtFile(address: string, page: string): string | null {
  if (!URL.canParse(address, page)) return null;
  const { origin, pathname } = new URL(address, page);
  return origin === new URL(page).origin && pathname.startsWith("/_next/static/") ? address : null;
}

/**
 * Allows the plain text that our libraries still pass to the browser, and refuses the rest. Turbopack and React pass
 * the addresses of built files. React also passes the empty element that it uses to create a script the browser does
 * not run twice. Call it before any of them runs. It does nothing in a browser without Trusted Types.
 */
export function guardPlainText(): void {
  globalThis.trustedTypes?.createPolicy("default", {
    createHTML: (html) => (html === "<script></script>" ? html : null),
    createScriptURL: (address) => builtFile(address, document.baseURI),
  });
}
