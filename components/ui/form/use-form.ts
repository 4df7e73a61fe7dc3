import { useActionState } from "react";
import { deskWords } from "@/lib/desk/wording";
import type { ChangeResult, Refusal } from "@/lib/staff/change-result";

type FormState<T> = { result: ChangeResult<T> | null; typed: Record<string, string> };

const unreachable: Refusal = {
  ok: false,
  code: "busy",
  message: deskWords.unreachable,
};

/**
 * A form with a server action. A refused form keeps what was typed and shows why. Use `typed` as defaultValue, because
 * React resets a form after its action. The reason is shown at the field it is about (`errorFor`), or for the whole
 * form (`error`).
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

/** A lost connection is reported in the form; redirects and server errors are thrown on. */
function whenOffline(error: unknown): Refusal {
  if (error instanceof TypeError) return unreachable;
  throw error;
}

function readTexts(form: FormData): Record<string, string> {
  return Object.fromEntries([...form].filter((entry): entry is [string, string] => typeof entry[1] === "string"));
}
