import { createTraceCountdown, type TraceCountdown } from './assemble/trace-countdown.ts';
import type { SourceFile } from './source-file.ts';

const CHUNK_BYTES = 4 * 1024 * 1024;
/** Longest stretch looked at behind a key: the colon, the quotes and an id. */
const TAIL_BYTES = 256;
const [CAMEL, SNAKE] = [Buffer.from('"traceId"'), Buffer.from('"trace_id"')];
const [QUOTE, COLON, SPACE] = [34, 58, 32];
/** Bytes of recording per slot of the countdown: less than the smallest run takes. */
const BYTES_PER_SLOT = 1_024;
const [FEWEST_SLOTS, MOST_SLOTS] = [2 ** 12, 2 ** 22];

/**
 * Counts the spans of every trace without parsing anything: a key `traceId` in JSON text, outside of strings by its
 * quotes, and the string behind it. Also counts links between traces, which only makes a trace wait. Undefined when that
 * tells nothing: a file is packed, or not empty and without a trace id.
 */
export async function countTraces(
  files: readonly SourceFile[],
  signal: AbortSignal | undefined,
): Promise<TraceCountdown | undefined> {
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  const slots = 2 ** Math.ceil(Math.log2(bytes / BYTES_PER_SLOT + 1));
  const countdown = createTraceCountdown(Math.min(MOST_SLOTS, Math.max(FEWEST_SLOTS, slots)));
  for (const file of files) {
    if (file.packing !== 'plain') return undefined;
    const counted = await countFile(file, countdown, signal);
    if (counted === 0 && file.bytes > 0) return undefined;
  }
  return countdown;
}

async function countFile(
  file: SourceFile,
  countdown: TraceCountdown,
  signal: AbortSignal | undefined,
): Promise<number> {
  const buffer = Buffer.allocUnsafeSlow(CHUNK_BYTES);
  let counted = 0;
  let position = 0;
  let kept = 0;
  let keys = [CAMEL];
  for (;;) {
    signal?.throwIfAborted();
    const { bytesRead } = await file.handle.read(buffer, kept, buffer.length - kept, position);
    position += bytesRead;
    const filled = kept + bytesRead;
    const isEnd = bytesRead === 0;
    // Keys that begin in the last bytes are left for the next chunk, where what follows them is there too.
    const limit = isEnd ? filled : Math.max(0, filled - TAIL_BYTES);
    // One spelling a file is the rule; where the first chunk has the other one too, both are looked for.
    if (counted === 0 && buffer.subarray(0, filled).includes(SNAKE)) keys = [CAMEL, SNAKE];
    for (const key of keys) counted += countKey({ bytes: buffer.subarray(0, filled), key, limit, countdown });
    if (isEnd) return counted;
    buffer.copyWithin(0, limit, filled);
    kept = filled - limit;
  }
}

interface Counted {
  readonly bytes: Buffer;
  readonly key: Buffer;
  /** Keys from here on are not counted. */
  readonly limit: number;
  readonly countdown: TraceCountdown;
}

function countKey({ bytes, key, limit, countdown }: Counted): number {
  let counted = 0;
  for (let at = bytes.indexOf(key); at !== -1 && at < limit; at = bytes.indexOf(key, at + key.length)) {
    const colon = afterSpace(bytes, at + key.length);
    if (bytes[colon] !== COLON) continue;
    const quote = afterSpace(bytes, colon + 1);
    const end = bytes[quote] === QUOTE ? bytes.indexOf(QUOTE, quote + 1) : -1;
    if (end === -1 || end - quote > TAIL_BYTES) continue;
    countdown.expect(bytes, quote + 1, end);
    counted += 1;
  }
  return counted;
}

function afterSpace(bytes: Buffer, from: number): number {
  let at = from;
  while (at < bytes.length && (bytes[at] ?? 0) <= SPACE) at += 1;
  return at;
}
