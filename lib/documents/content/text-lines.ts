/**
 * Most bytes of a line that is sent to a browser. In some scripts layout time grows with the square of a line's length.
 * Half a megabyte of Arabic took 15 s as one line, and less than 1 s in lines of 2,000 bytes.
 */
export const longestLine = 2_000;

const lineFeed = 0x0a;
const carriageReturn = 0x0d;

/** Breaks every overlong line of UTF-8 text, between two characters. Nothing else changes. */
export async function* breakLongLines(
  chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  let length = 0;
  for await (const chunk of chunks) {
    const broken: Uint8Array[] = [];
    let begun = 0;
    for (const [at, byte] of chunk.entries()) {
      const continues = (byte & 0xc0) === 0x80;
      if (byte === lineFeed || byte === carriageReturn) {
        length = 0;
      } else if (length++ >= longestLine && !continues) {
        broken.push(chunk.subarray(begun, at), Uint8Array.of(lineFeed));
        begun = at;
        length = 1;
      }
    }
    yield broken.length === 0 ? chunk : Buffer.concat([...broken, chunk.subarray(begun)]);
  }
}
