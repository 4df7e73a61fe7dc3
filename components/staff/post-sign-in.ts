export type SignInFailure = { code: string; message: string };

const unreachable: SignInFailure = {
  code: "unreachable",
  message: "The desk cannot be reached. Check your connection and try again.",
};

/** Signs in through next-auth's endpoint: the CSRF token first, then the form. Null when it worked. */
export async function postSignIn(email: string, password: string): Promise<SignInFailure | null> {
  try {
    const { csrfToken } = await (await fetch("/api/auth/csrf", { cache: "no-store" })).json();
    const body = new URLSearchParams({ csrfToken, email, password, json: "true" });
    const response = await fetch("/api/auth/callback/credentials", { method: "POST", body });
    if (response.ok) return null;
    const { code, message } = await response.json();
    return typeof code === "string" && typeof message === "string" ? { code, message } : unreachable;
  } catch {
    return unreachable;
  }
}
