/**
 * The parts of a statement's text: comments, strings, quoted names, parameters, words, numbers, blanks, and single
 * characters. The alternatives for strings come before those for numbers and words, which may occur inside them.
 */
const part =
  /--[^\n]*|\/\*[\s\S]*?\*\/|\be'(?:[^'\\]|\\[\s\S]|'')*'|'(?:[^']|'')*'|\$([a-z_]*)\$[\s\S]*?\$\1\$|"(?:[^"]|"")*"|\$\d+|[a-z_\u0080-\uffff][\w$\u0080-\uffff]*|\d[\d_]*(?:\.\d+)?(?:e[+-]?\d+)?|\.\d+|\s+|[\s\S]/gi;

type Kind = "blank" | "string" | "number" | "parameter" | "word" | "other";

/** The kind of a part, by how it begins. */
function kindOf(found: string): Kind {
  const first = found.charCodeAt(0);
  if (found.length > 1) {
    if (found.startsWith("--") || found.startsWith("/*")) return "blank";
    if (first === quote || (found.charCodeAt(1) === quote && found.endsWith("'"))) return "string";
    if (first === dollar) return isDigit(found.charCodeAt(1)) ? "parameter" : "string";
    if (first === dot) return "number";
  }
  if (isDigit(first)) return "number";
  if (first <= space) return "blank";
  return (first | 32) >= 97 && (first | 32) <= 122 ? "word" : first === underscore || first >= 128 ? "word" : "other";
}

const [quote, dollar, dot, space, underscore] = [39, 36, 46, 32, 95];

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/** Words after which a minus is the sign of the number behind it. */
const beforeSign = new Set(
  "and or not in like between then else when case select by limit offset having where on".split(" "),
);

/**
 * A statement in a form that can be compared: without constants, parameters, comments and line breaks. What the desk
 * sends and what pg_stat_statements keeps of it become the same text. The latter has `$3` for each constant, and
 * shortens lists.
 */
export function normaliseStatement(text: string): string {
  const tokens: string[] = [];
  let before = "";
  // Whether the last token is a minus that may be a sign.
  let signed = false;
  for (const found of text.match(part) ?? []) {
    const kind = kindOf(found);
    if (kind === "blank") {
      if (tokens.length > 0 && tokens.at(-1) !== " ") tokens.push(" ");
      continue;
    }
    const word = kind === "word" ? found.toLowerCase() : undefined;
    if (constants.has(kind) || word === "null" || word === "true" || word === "false") {
      // The database treats the sign as part of the constant.
      if (signed) {
        while (tokens.at(-1) === " ") tokens.pop();
        tokens.pop();
      }
      tokens.push("?");
      before = "?";
      signed = false;
      continue;
    }
    signed = found === "-" && !isOperand(before);
    tokens.push(word ?? found);
    before = word ?? found;
  }
  return collapse(tokens.join(""));
}

const constants = new Set<Kind>(["string", "number", "parameter"]);

function isOperand(token: string): boolean {
  return /^[\w"?)\]]/.test(token) && !beforeSign.has(token);
}

/** Makes one constant of a list of any length, and of words that the parser turns into a constant. */
function collapse(text: string): string {
  return text
    .replaceAll(/\bextract ?\( ?\w+ from\b/g, "extract(? from")
    .replaceAll(/, ?nfk?[cd] ?\)/g, ", ?)")
    .replaceAll(/\? ?(?:, ?\? ?)+/g, "?")
    .replaceAll(/ ?([(),]) ?/g, "$1")
    .replaceAll(/ ?; ?$/g, "")
    .trim();
}

/** A statement for people to read: constants hidden, indentation removed. */
export function hideConstants(text: string): string {
  const hidden = text.replaceAll(part, (found) => (/^(?:string|number)$/.test(kindOf(found)) ? "?" : found));
  const lines = hidden.split("\n").filter((line) => line.trim() !== "");
  const indents = lines.slice(1).map((line) => line.length - line.trimStart().length);
  const indent = Math.min(...indents, Number.POSITIVE_INFINITY);
  return lines.map((line, index) => (index === 0 ? line.trimStart() : line.slice(indent))).join("\n");
}

/** Whether a statement reads or writes rows. Others, such as those that begin a transaction, have no plan. */
export function hasPlan(text: string): boolean {
  return /^\s*(?:select|with|insert|update|delete|merge)\b/i.test(text);
}
