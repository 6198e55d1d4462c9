// A photo of our own making: a dark corridor with one lamp that works and one that does not.

import { crc32, deflateSync } from "node:zlib";

const WIDTH = 640;
const HEIGHT = 480;

/** A PNG as a file to choose in a form. */
export function photo(name = "走廊.png") {
  return { name, mimeType: "image/png", buffer: png() };
}

function png() {
  const rows = Buffer.alloc((WIDTH * 3 + 1) * HEIGHT);
  for (let y = 0; y < HEIGHT; y += 1) {
    for (let x = 0; x < WIDTH; x += 1) {
      const at = y * (WIDTH * 3 + 1) + 1 + x * 3;
      rows.set(colourAt(x, y), at);
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(WIDTH, 0);
  header.writeUInt32BE(HEIGHT, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([signature, chunk("IHDR", header), chunk("IDAT", deflateSync(rows)), chunk("IEND", Buffer.alloc(0))]);
}

function colourAt(x, y) {
  const lit = Math.max(0, 1 - Math.hypot(x - 180, y - 90) / 420);
  const dead = Math.hypot(x - 470, y - 110) < 34;
  const floor = y > 360 ? 22 : 0;
  if (dead) return [70, 72, 76];
  return [28 + floor + 205 * lit * lit, 30 + floor + 190 * lit * lit, 38 + floor + 130 * lit * lit];
}

function chunk(kind, bytes) {
  const body = Buffer.concat([Buffer.from(kind, "latin1"), bytes]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(bytes.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}
