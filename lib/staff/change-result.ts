import "server-only";
import type { z } from "zod";
import { DatabaseError } from "@/lib/database/errors";
import { HashingBusyError } from "./password/hashing-busy";
import { signInProblems, staffProblems } from "./words";

/** Why a change was not made, worded for the person who asked for it. `field` names the input that is wrong. */
export type Refusal = {
  ok: false;
  code: "invalid" | "taken" | "unknown" | "last_admin" | "forbidden" | "self" | "wrong" | "throttled" | "busy";
  message: string;
  field?: string;
};

export type ChangeResult<T = object> = ({ ok: true } & T) | Refusal;

/** Builds a refusal. */
export function refuse(code: Refusal["code"], message: string, field?: string): Refusal {
  return { ok: false, code, message, ...(field ? { field } : {}) };
}

/**
 * Runs a change. A busy database is returned as a refusal, so that typed text is not lost; other errors are thrown on.
 */
export async function answerChange<T>(change: () => Promise<ChangeResult<T>>): Promise<ChangeResult<T>> {
  try {
    return await change();
  } catch (error) {
    if (error instanceof HashingBusyError) return refuse("busy", signInProblems.busy);
    if (error instanceof DatabaseError && error.code !== "unexpected") return refuse("busy", error.message);
    throw error;
  }
}

/** A refusal for input that a schema rejected: the first issue, with the field it is about. */
export function refuseInput(error: z.ZodError): Refusal {
  const [issue] = error.issues;
  const field = issue?.path[0];
  if (!issue || typeof field !== "string") return notUnderstood;
  return refuse("invalid", issue.message, field);
}

/** A refusal for input that none of our forms sends. */
export const notUnderstood: Refusal = refuse("invalid", staffProblems.unreadable);
