import { crc32, deflateSync } from "node:zlib";
import { createRandom } from "./random";

const WIDTH = 640;
const HEIGHT = 400;

// paper, ink, line, blue, green, orange, grey
const PALETTE = [0xffffff, 0x22252c, 0xc9ccd3, 0x4c66ff, 0x3a9a57, 0xe08a2e, 0xeff1f4];

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const head = Buffer.alloc(4);
  head.writeUInt32BE(data.length);
  const tail = Buffer.alloc(4);
  tail.writeUInt32BE(crc32(body));
  return Buffer.concat([head, body, tail]);
}

/** A real PNG (640 × 400, palette): boxes and arrows, or the outline of a web page. */
export function drawPicture(kind: "diagram" | "screen", seed: number): Uint8Array {
  const random = createRandom(seed);
  const pixels = Buffer.alloc((WIDTH + 1) * HEIGHT);
  const fill = (x: number, y: number, width: number, height: number, colour: number) => {
    for (let row = Math.max(0, y); row < Math.min(HEIGHT, y + height); row++) {
      pixels.fill(colour, row * (WIDTH + 1) + 1 + Math.max(0, x), row * (WIDTH + 1) + 1 + Math.min(WIDTH, x + width));
    }
  };
  const box = (x: number, y: number, width: number, height: number, colour: number) => {
    fill(x, y, width, height, 1);
    fill(x + 2, y + 2, width - 4, height - 4, 0);
    fill(x + 2, y + 2, width - 4, 8, colour);
    for (let i = 0; i < 3; i++) fill(x + 12, y + 20 + i * 10, random.integer(30, width - 30), 4, 2);
  };
  if (kind === "diagram") {
    const columns = random.integer(3, 4);
    const step = Math.floor(WIDTH / columns);
    for (let column = 0; column < columns; column++) {
      const boxes = random.integer(1, 3);
      for (let i = 0; i < boxes; i++) {
        const y = Math.floor(((i + 0.5) * HEIGHT) / boxes) - 30;
        if (column > 0) fill(column * step - 34, y + 29, 54, 2, 1);
        box(column * step + 20, y, step - 54, 60, random.integer(3, 5));
      }
      if (column > 0) fill(column * step - 20, 60, 2, HEIGHT - 120, 1);
    }
  } else {
    fill(0, 0, WIDTH, 44, 1);
    fill(20, 16, 90, 12, 0);
    fill(0, 44, 150, HEIGHT, 6);
    for (let i = 0; i < 7; i++) fill(20, 70 + i * 28, random.integer(50, 110), 8, 2);
    for (let i = 0; i < 5; i++) {
      fill(180, 74 + i * 52, random.integer(80, 160), 8, 1);
      fill(180, 90 + i * 52, 420, 24, 6);
    }
    fill(180, 340, 110, 30, 3);
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(WIDTH, 0);
  header.writeUInt32BE(HEIGHT, 4);
  header.set([8, 3, 0, 0, 0], 8);
  const palette = Buffer.from(PALETTE.flatMap((colour) => [colour >> 16, (colour >> 8) & 255, colour & 255]));
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk("IHDR", header),
    chunk("PLTE", palette),
    chunk("IDAT", deflateSync(pixels)),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}
