import { useActionState } from "react";
import type { ChangeResult, Refusal } from "@/lib/staff/change-result";

type FormState<T> = { result: ChangeResult<T> | null; typed: Record<string, string> };

const unreachable: Refusal = {
  ok: false,
  code: "busy",
  message: "The desk cannot be reached. Check your connection and try again.",
};

/**
 * A form over an action. A refused form keeps what was typed (`typed`, for defaultValue: React empties a form when its
 * action is through), and says why: beside the field it is about (`errorFor`), or for the form as a whole (`error`).
 */
export function useForm<T = object>(send: (form: FormData) => Promise<ChangeResult<T>>) {
  const [state, submit, pending] = useActionState<FormState<T>, FormData>(
    async (_, form) => {
      const result = await send(form).catch(whenOffline);
      return { result, typed: result.ok ? {} : readTexts(form) };
    },
    { result: null, typed: {} },
  );
  const refusal = state.result?.ok === false ? state.result : null;
  return {
    submit,
    pending,
    typed: state.typed,
    done: state.result?.ok ? state.result : null,
    error: refusal && !refusal.field ? refusal.message : null,
    errorFor: (field: string) => (refusal?.field === field ? refusal.message : undefined),
  };
}

/** A cut connection is told in the form; redirects and failures of the server go on to whoever handles them. */
function whenOffline(error: unknown): Refusal {
  if (error instanceof TypeError) return unreachable;
  throw error;
}

function readTexts(form: FormData): Record<string, string> {
  return Object.fromEntries([...form].filter((entry): entry is [string, string] => typeof entry[1] === "string"));
}
