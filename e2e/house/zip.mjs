// Opens a downloaded workbook the way a reader does: by the directory at the end of the zip.

import { crc32, inflateRawSync } from "node:zlib";

const END = 0x06054b50;
const ENTRY = 0x02014b50;
const STORED = 0;
const DEFLATED = 8;

/** The files of a zip by name; throws where it is not a sound one. */
export function unzip(bytes) {
  const end = endOf(bytes);
  const files = new Map();
  let at = bytes.readUInt32LE(end + 16);
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left -= 1) {
    if (bytes.readUInt32LE(at) !== ENTRY) throw new Error(`no directory entry at byte ${at}`);
    const name = bytes.toString("utf8", at + 46, at + 46 + bytes.readUInt16LE(at + 28));
    files.set(name, content(bytes, at, name));
    at += 46 + bytes.readUInt16LE(at + 28) + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return files;
}

function endOf(bytes) {
  for (let at = bytes.length - 22; at >= 0; at -= 1) {
    if (bytes.readUInt32LE(at) === END) return at;
  }
  throw new Error(`${bytes.length} bytes without a zip's directory`);
}

function content(bytes, entry, name) {
  const begin = bytes.readUInt32LE(entry + 42);
  const from = begin + 30 + bytes.readUInt16LE(begin + 26) + bytes.readUInt16LE(begin + 28);
  const packed = bytes.subarray(from, from + bytes.readUInt32LE(entry + 20));
  const method = bytes.readUInt16LE(entry + 10);
  if (method !== STORED && method !== DEFLATED) throw new Error(`${name} is packed in way ${method}`);
  const file = method === STORED ? packed : inflateRawSync(packed);
  if (crc32(file) !== bytes.readUInt32LE(entry + 16)) throw new Error(`${name} is damaged`);
  return file;
}
