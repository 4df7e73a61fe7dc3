/** One statement of a SQL file: its text without the semicolon, and the line (from 1) on which it begins. */
export type SqlStatement = { text: string; line: number };

/**
 * Comments, quoted strings, identifiers and dollar-quoted bodies, within which a semicolon ends nothing; and the
 * semicolon itself.
 */
const pieces =
  /--[^\n]*|\/\*|[eE]'(?:[^'\\]|\\[\s\S]|'')*'|'(?:[^']|'')*'|"(?:[^"]|"")*"|\$(?:[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$|[\w\u0080-\uffff][\w$\u0080-\uffff]*|;/g;

/**
 * Splits a SQL file at its semicolons. The statements are sent one by one, because the server gives a position only for
 * syntax errors. So a statement that fails at run time still has a line.
 */
export function splitStatements(sql: string): SqlStatement[] {
  const statements: SqlStatement[] = [];
  const lexer = new RegExp(pieces);
  let start = 0;
  for (let piece = lexer.exec(sql); piece; piece = lexer.exec(sql)) {
    const [text] = piece;
    if (text === "/*") lexer.lastIndex = commentEnd(sql, piece.index);
    else if (text.startsWith("$")) lexer.lastIndex = after(sql, text, lexer.lastIndex);
    else if (text === ";") {
      add(sql.slice(start, piece.index), start);
      start = lexer.lastIndex;
    }
  }
  add(sql.slice(start), start);
  return statements;

  function add(raw: string, offset: number) {
    const leading = leadingBlank(raw);
    const text = raw.slice(leading).trimEnd();
    if (text) statements.push({ text, line: lineAt(sql, offset + leading) });
  }
}

/** The line (from 1) of an offset in `text`. */
export function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split("\n").length;
}

function leadingBlank(text: string): number {
  let offset = 0;
  for (;;) {
    const rest = text.slice(offset);
    const blank = /^\s+|^--[^\n]*/.exec(rest)?.[0].length ?? (rest.startsWith("/*") ? commentEnd(rest, 0) : 0);
    if (!blank) return offset;
    offset += blank;
  }
}

/** The end of the block comment that opens at `open`. Block comments nest in PostgreSQL. */
function commentEnd(sql: string, open: number): number {
  const marks = /\/\*|\*\//g;
  marks.lastIndex = open;
  let depth = 0;
  for (let mark = marks.exec(sql); mark; mark = marks.exec(sql)) {
    depth += mark[0] === "/*" ? 1 : -1;
    if (depth === 0) return marks.lastIndex;
  }
  return sql.length;
}

function after(sql: string, text: string, from: number): number {
  const found = sql.indexOf(text, from);
  return found < 0 ? sql.length : found + text.length;
}
