import { Decompress } from 'fzstd';

/** Unpacked in pieces of this size, so that what is too large ends soon. */
const PIECE = 64 * 1024;

/** Unpacks zstd, which Node 20 cannot. @throws Error when it is damaged or gives more than `bytes` */
export function unpackZstd(packed: Buffer, bytes: number): Buffer {
  const content = Buffer.alloc(bytes);
  let filled = 0;
  const stream = new Decompress((piece) => {
    if (filled + piece.length > bytes) throw new RangeError(`more than ${bytes} bytes`);
    content.set(piece, filled);
    filled += piece.length;
  });
  for (let from = 0; from < packed.length; from += PIECE) {
    stream.push(packed.subarray(from, from + PIECE), from + PIECE >= packed.length);
  }
  return content.subarray(0, filled);
}
