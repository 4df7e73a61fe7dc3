/** The beginnings of pictures of any size: as much as a decoder reads before it makes room for the pixels. */
export const pictureHeads = {
  png: makePng,
  jpeg: makeJpeg,
  gif: makeGif,
  lossy: makeLossy,
  lossless: makeLossless,
  webp: makeWebp,
};

type Size = { width: number; height: number };

/** A PNG's signature and its first chunk. */
export function makePng({ width, height }: Size): Buffer {
  const head = Buffer.alloc(33);
  head.write("\x89PNG\r\n\x1a\n", "latin1");
  head.writeUInt32BE(13, 8);
  head.write("IHDR", 12, "latin1");
  head.writeUInt32BE(width, 16);
  head.writeUInt32BE(height, 20);
  // One bit a pixel, grey. The check sum is left at zero.
  head.writeUInt8(1, 24);
  return head;
}

/** A JPEG's beginning: as many bytes of comments as wanted, then the frame's header. */
export function makeJpeg({ width, height }: Size, comments = 0): Buffer {
  const parts = [Buffer.from([0xff, 0xd8])];
  for (let left = comments; left > 0; left -= 60_000) {
    const comment = Buffer.alloc(4 + Math.min(left, 60_000), "c");
    comment.writeUInt16BE(0xfffe, 0);
    comment.writeUInt16BE(comment.length - 2, 2);
    parts.push(comment);
  }
  const frame = Buffer.from([0xff, 0xc0, 0, 11, 8, 0, 0, 0, 0, 1, 1, 0x11, 0]);
  frame.writeUInt16BE(height, 5);
  frame.writeUInt16BE(width, 7);
  return Buffer.concat([...parts, frame]);
}

/** A GIF's canvas, a comment, and its first frame, which is as large as the canvas unless told. */
export function makeGif(canvas: Size, frame: Size & { left?: number; top?: number } = canvas): Buffer {
  const { left = 0, top = 0, width, height } = frame;
  const head = Buffer.alloc(13);
  head.write("GIF89a", "latin1");
  head.writeUInt16LE(canvas.width, 6);
  head.writeUInt16LE(canvas.height, 8);
  // A table of two colours.
  head.writeUInt8(0x80, 10);
  const comment = Buffer.from([0x21, 0xfe, 2, 0x68, 0x69, 1, 0x21, 0]);
  const image = Buffer.alloc(11);
  image.writeUInt8(0x2c, 0);
  for (const [at, value] of [left, top, width, height].entries()) image.writeUInt16LE(value, 1 + at * 2);
  return Buffer.concat([head, Buffer.alloc(6, 0xff), comment, image]);
}

function makeWebpChunk(name: string, data: Buffer): Buffer {
  const head = Buffer.alloc(20);
  head.write("RIFF", "latin1");
  head.writeUInt32LE(12 + data.length, 4);
  head.write(`WEBP${name}`, 8, "latin1");
  head.writeUInt32LE(data.length, 16);
  return Buffer.concat([head, data]);
}

/** A WebP of one frame with loss. */
function makeLossy({ width, height }: Size): Buffer {
  const data = Buffer.from([0, 0, 0, 0x9d, 0x01, 0x2a, 0, 0, 0, 0]);
  data.writeUInt16LE(width, 6);
  data.writeUInt16LE(height, 8);
  return makeWebpChunk("VP8 ", data);
}

/** A WebP of one frame without loss. */
function makeLossless({ width, height }: Size): Buffer {
  const data = Buffer.from([0x2f, 0, 0, 0, 0]);
  data.writeUInt32LE((width - 1) | ((height - 1) << 14), 1);
  return makeWebpChunk("VP8L", data);
}

/** A WebP with a canvas: an animation, or a picture with a profile. */
export function makeWebp({ width, height }: Size): Buffer {
  const data = Buffer.alloc(10);
  data.writeUIntLE(width - 1, 4, 3);
  data.writeUIntLE(height - 1, 7, 3);
  return makeWebpChunk("VP8X", data);
}
