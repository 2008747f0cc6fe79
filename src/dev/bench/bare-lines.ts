import { closeSync, openSync, readSync } from 'node:fs';

const CHUNK_BYTES = 4 * 1024 * 1024;
const NEWLINE = 10;

/** The yardstick: the cheapest program that still has every value in hand, a line splitter and JSON.parse. */
export function readBareLines(file: string): number {
  const input = openSync(file, 'r');
  const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
  let rest: Buffer = Buffer.alloc(0);
  let parsed = 0;
  const parse = (bytes: Buffer, from: number, to: number) => {
    JSON.parse(bytes.toString('utf8', from, to));
    parsed += 1;
  };
  for (let size = readSync(input, chunk); size > 0; size = readSync(input, chunk)) {
    let from = 0;
    for (let end = chunk.indexOf(NEWLINE); end !== -1 && end < size; end = chunk.indexOf(NEWLINE, from)) {
      if (rest.length > 0) {
        const line = Buffer.concat([rest, chunk.subarray(from, end)]);
        parse(line, 0, line.length);
        rest = Buffer.alloc(0);
      } else parse(chunk, from, end);
      from = end + 1;
    }
    rest = Buffer.concat([rest, chunk.subarray(from, size)]);
  }
  closeSync(input);
  return parsed;
}
