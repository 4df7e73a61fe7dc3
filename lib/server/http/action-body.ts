import { deepestNesting } from "./http-limits";

/**
 * Strings with a special meaning in a call of a server action (React's reply format): an escaped `$`, and values that
 * JSON cannot express. Other references, to parts, files or functions, occur in no call of the desk.
 */
const plainReference = /^\$(\$|undefined$|NaN$|-?Infinity$|-0$)/;

/**
 * What is wrong with the body of a server action's call, or null. It must be UTF-8 and JSON, an array of plain values
 * nested at most `deepestNesting` deep. React decodes such a body without failing; others cost it time, or fail as our
 * error.
 */
export function findBodyProblem(
  body: Buffer,
): "not text" | "not JSON" | "not arguments" | "too deep" | "a reference" | null {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body));
  } catch (error) {
    return error instanceof SyntaxError ? "not JSON" : "not text";
  }
  return Array.isArray(value) ? findValueProblem(value, 1) : "not arguments";
}

function findValueProblem(value: unknown, depth: number): "too deep" | "a reference" | null {
  if (typeof value === "string") return value.startsWith("$") && !plainReference.test(value) ? "a reference" : null;
  if (typeof value !== "object" || value === null) return null;
  if (depth > deepestNesting) return "too deep";
  for (const part of Object.values(value)) {
    const problem = findValueProblem(part, depth + 1);
    if (problem) return problem;
  }
  return null;
}
