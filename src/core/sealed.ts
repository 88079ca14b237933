import { crc32 } from 'node:zlib';

const lineEnd = 10;

/** Bytes behind a line with their sum: whoever reads them back knows whether they are what was written. */
export function seal(bytes: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from(`${crc32(bytes)}\n`), bytes]);
}

/** What `seal` was given; undefined where it is no longer that, or never was. */
export function unseal(sealed: Buffer): Buffer | undefined {
  const start = sealed.indexOf(lineEnd) + 1;
  const bytes = sealed.subarray(start);
  return start > 0 && sealed.toString('utf8', 0, start - 1) === String(crc32(bytes)) ? bytes : undefined;
}
