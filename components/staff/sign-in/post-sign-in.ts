import { deskWords } from "@/lib/desk/wording";
export type SignInFailure = { code: string; message: string };

const unreachable: SignInFailure = {
  code: "unreachable",
  message: deskWords.unreachable,
};

/**
 * Signs in through next-auth's endpoint: fetches the CSRF token, then posts the form. Gives "signed in", "second step"
 * if a code is needed too, or the failure.
 */
export async function postSignIn(form: Record<string, string>): Promise<"signed in" | "second step" | SignInFailure> {
  const { failure, answer } = await post("callback/credentials", form);
  if (failure) return failure;
  return answer?.code === "second_step" ? "second step" : "signed in";
}

/** Asks for the provider's address to sign in at. `target` is the path to come back to. */
export async function postProviderSignIn(
  target: string,
  choose: boolean,
): Promise<{ url: string } | { failure: SignInFailure }> {
  const { failure, answer } = await post("signin/company", {
    callbackUrl: target,
    ...(choose ? { choose: "true" } : {}),
  });
  if (failure) return { failure };
  return typeof answer?.url === "string" ? { url: answer.url } : { failure: unreachable };
}

async function post(
  route: string,
  form: Record<string, string>,
): Promise<{ failure?: SignInFailure; answer?: Record<string, unknown> }> {
  try {
    const { csrfToken } = await (await fetch("/api/auth/csrf", { cache: "no-store" })).json();
    const body = new URLSearchParams({ ...form, csrfToken, json: "true" });
    const response = await fetch(`/api/auth/${route}`, { method: "POST", body });
    const answer = await response.json();
    if (response.ok) return { answer };
    const { code, message } = answer;
    return { failure: typeof code === "string" && typeof message === "string" ? { code, message } : unreachable };
  } catch {
    return { failure: unreachable };
  }
}
