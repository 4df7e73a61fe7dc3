/**
 * What windows-1252 has at 0x80 to 0x9F (WHATWG Encoding Standard, index windows-1252). Written down, because Node 20's
 * own decoder of that name gives control characters there.
 */
const windows1252 = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ";

/**
 * The characters of a text: UTF-8, or UTF-16 with a byte-order mark, or else windows-1252, which is what a text without
 * a stated encoding usually is. Null if it is no text: WHATWG MIME Sniffing Standard, section 7.2.
 * @param cut whether more bytes follow, so that the last character may be incomplete
 */
export function decodeText(bytes: Uint8Array, cut: boolean): string | null {
  const wide =
    bytes[0] === 0xff && bytes[1] === 0xfe ? "utf-16le" : bytes[0] === 0xfe && bytes[1] === 0xff ? "utf-16be" : null;
  const decoded = wide ? decodeAs(wide, bytes, cut) : (decodeAs("utf-8", bytes, cut) ?? decodeSingleBytes(bytes));
  return decoded === null || binary.test(decoded) ? null : decoded;
}

/** The standard's binary data bytes. A control-Z at the end closes a text of MS-DOS. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const binary = /[\0-\x08\x0b\x0e-\x19\x1c-\x1f]|\x1a(?!$)/;

function decodeAs(encoding: string, bytes: Uint8Array, cut: boolean): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes, { stream: cut });
  } catch {
    return null;
  }
}

function decodeSingleBytes(bytes: Uint8Array): string {
  const latin = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
  return latin.replace(/[\x80-\x9f]/g, (character) => windows1252[character.charCodeAt(0) - 0x80] ?? character);
}
