/**
 * Bytes of a line that a browser is given at once. Laying out a line of some scripts takes time that grows with its square:
 * half a megabyte of Arabic in one line took 15 s, in lines of 2,000 bytes less than one.
 */
export const longestLine = 2_000;

const lineFeed = 0x0a;
const carriageReturn = 0x0d;

/** UTF-8 text with a line break put into every line that is too long, between two characters. Nothing else changes. */
export async function* breakLongLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
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
