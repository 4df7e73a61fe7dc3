/**
 * The one folding of text, for everything that compares words. `fold_text` of sql/0900 is its other half in SQL; a test
 * compares the two, so whoever changes one changes both. It follows Unicode:
 * - NFKC_Casefold (The Unicode Standard, section 3.13): compatibility forms and canonical composition (NFKC), full case
 *   folding (CaseFolding.txt, so ß is ss and ς is σ), and nothing of Default_Ignorable_Code_Point;
 * - Quotation_Mark: single ones and apostrophes become ', double ones ";
 * - Dash: every hyphen and dash becomes -;
 * - White_Space: any run becomes one blank.
 * İ is i. ı stays itself. Every folded text folds to itself. Only for comparing: people see and store what was sent.
 */
export function foldText(text: string): string {
  const folded = isAscii(text) ? text.toLowerCase() : foldBeyondAscii(text);
  return unevenBlanks.test(folded) ? folded.replaceAll("`", "'").replace(blanks, " ") : folded;
}

/**
 * A folded text without accents, so that a word is found when it is typed without them (`drop_accents` of sql/0900):
 * marks above, below and through letters, the points of Hebrew and the vowel signs of Arabic. ø is o, ł is l, æ is ae.
 * Marks that make another letter in their script stay: か is not が.
 */
export function dropAccents(folded: string): string {
  if (isAscii(folded)) return folded;
  const bare = folded.normalize("NFD").replace(accents, "").normalize("NFC");
  return bare.replace(/[øłđħæœ]/g, (letter) => withoutStroke[letter] ?? letter).replace(/ {2,}/g, " ");
}

/** A text folded and without accents. */
export function foldPlain(text: string): string {
  return dropAccents(foldText(text));
}

/**
 * A test for the texts that have what was typed anywhere in them, and how they begin. Typed without accents it is found
 * with and without; an accent that was typed counts. Blanks at its ends do not.
 */
export function soughtIn(typed: string): { within: (text: string) => boolean; atStart: (text: string) => boolean } {
  const { fold, text: wanted } = toSought(typed.trim());
  return {
    within: (text) => fold(text).includes(wanted),
    atStart: (text) => fold(text).startsWith(wanted),
  };
}

/** What is looked for, and how a text is folded to find it there: with its accents if those were typed. */
export function toSought(typed: string): { text: string; fold: (text: string) => string } {
  const folded = foldText(typed);
  const plain = dropAccents(folded);
  return plain === folded ? { text: plain, fold: foldPlain } : { text: folded, fold: foldText };
}

/** Whether two texts are the same word or name: equal when folded, accents counting, without blanks at their ends. */
export function isSameText(one: string, other: string): boolean {
  return foldText(one).trim() === foldText(other).trim();
}

const isAscii = (text: string) => !/[^\0-\x7f]/.test(text);

function foldBeyondAscii(text: string): string {
  const lower = text
    .replace(/\p{Default_Ignorable_Code_Point}+/gu, "")
    // NFKC would take these apart into a blank and a mark, or into two.
    .replace(/[\u00b4\u1fbd\u1fbf\u1ffd\u1ffe]/g, "'")
    .replace(/[\u2033\u2036]/g, '"')
    .normalize("NFKC")
    .replaceAll("\u0130", "i")
    .toLowerCase();
  return (
    withIotas(lower)
      .replace(/[\u1c80-\u1c88]/g, (letter) => oldCyrillic[letter.charCodeAt(0) - 0x1c80] ?? letter)
      .replaceAll("\u00df", "ss")
      .replaceAll("\u03c2", "\u03c3")
      .normalize("NFC")
      // The dot of the Turkish capital, which the small letter has anyway.
      .replace(/i\u0307+/g, "i")
      .normalize("NFC")
      .replace(apostrophes, "'")
      .replace(quotes, '"')
      .replace(dashes, "-")
  );
}

/** Greek letters with an iota below them: as in capitals, it stands after them. */
function withIotas(text: string): string {
  return /[\u0345\u1f80-\u1faf\u1fb2-\u1fb7\u1fc2-\u1fc7\u1ff2-\u1ff7]/.test(text)
    ? text.normalize("NFD").replaceAll("\u0345", "\u03b9")
    : text;
}

const oldCyrillic = "\u0432\u0434\u043e\u0441\u0442\u0442\u044a\u0463\ua64b";

// The lists are written out, because an engine's \p{…} grows with each version of Unicode, and the database's does not.
/** What is not yet as `blanks` and the apostrophe leave it; most texts have none of it, and are quicker. */
const unevenBlanks = /[`\t-\r\u0085\u1680\u2028\u2029]| {2}/;
const blanks = /[\t-\r \u0085\u1680\u2028\u2029]+/g;
const apostrophes = /[\u02b9\u02bb-\u02bd\u055a\u05f3\u2018-\u201b\u2032\u2035\u2039\u203a\ua78b\ua78c]/g;
const quotes = /[\u00ab\u00bb\u02ba\u02ee\u05f4\u201c-\u201f\u2e42\u300c-\u300f\u301d-\u301f]/g;
const dashes =
  /[\u058a\u05be\u1400\u1806\u2010-\u2015\u2053\u2212\u2e17\u2e1a\u2e3a\u2e3b\u2e40\u2e5d\u301c\u3030\u30a0\u{10d6e}\u{10ead}]/gu;

/** Marks above, below and through letters; the points of Hebrew; the vowel signs of Arabic. */
const accents =
  /(?:[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]|[\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7]|[\u0610-\u061a\u064b-\u065f\u0670]|[\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed])+/g;

/** Letters that Unicode does not take apart, but its collation (UTS 10) counts as another with an accent. */
const withoutStroke: Record<string, string> = { ø: "o", ł: "l", đ: "d", ħ: "h", æ: "ae", œ: "oe" };
