import { isAscii, isUtf8 } from 'node:buffer';

/** Bytes read at once: large enough that per-read costs vanish, small enough to stay in memory. */
const READ_BYTES = 4 * 1024 * 1024;
/** A line above this is skipped: no exporter writes batches of this size, and a bare gigabyte must not fill memory. */
export const MAX_LINE_BYTES = 64 * 1024 * 1024;
/** Bytes decoded at once where they are not all ASCII. */
const DECODED_BYTES = 16 * 1024;
const NEWLINE = 10;

/** Receives every line of a text once, in order; numbers from 1. */
export interface LineSink {
  /** The text without its newline. Valid UTF-8. */
  line(text: string, number: number): void;
  /** A line that exists but has no text: not UTF-8, or too long. */
  unreadable(reason: string, number: number): void;
}

/** Cuts bytes into lines. The caller writes into `space()` and says how much with `advance`. */
export interface LineSplitter {
  /** Where the next bytes belong; never empty. Only valid until the next `advance`. */
  space(): Buffer;
  advance(bytes: number): void;
  /** Hands on a last line without newline. @returns the number of lines */
  end(): number;
}

export function createLineSplitter(sink: LineSink, maxLineBytes = MAX_LINE_BYTES): LineSplitter {
  let buffer = Buffer.allocUnsafeSlow(READ_BYTES);
  let filled = 0;
  let lines = 0;
  /** Bytes of the current line that were thrown away because it is too long. */
  let skipped = 0;

  const tooLong = (bytes: number) => {
    lines += 1;
    sink.unreadable(`the line has ${bytes} bytes, more than the ${maxLineBytes} that are read`, lines);
  };
  const emit = (bytes: Buffer) => {
    if (bytes.length > maxLineBytes) return tooLong(bytes.length);
    lines += 1;
    if (isUtf8(bytes)) sink.line(bytes.toString('utf8'), lines);
    else sink.unreadable('the line is not UTF-8 text', lines);
  };
  /** Whole lines, each ending in a newline. They are decoded many at once: lines are slices of that text. */
  const emitBlock = (block: Buffer) => {
    if (isAscii(block)) return emitText(block.toString('latin1'));
    // In parts: one unusual character makes the engine hold all of a text in twice the memory.
    for (let from = 0; from < block.length; ) {
      const last = block.lastIndexOf(NEWLINE, from + DECODED_BYTES - 1);
      const end = 1 + (last < from ? block.indexOf(NEWLINE, from) : last);
      const part = block.subarray(from, end);
      if (isAscii(part)) emitText(part.toString('latin1'));
      else if (part.length <= Math.min(DECODED_BYTES, maxLineBytes) && isUtf8(part)) emitText(part.toString('utf8'));
      else emitBytes(part);
      from = end;
    }
  };
  /** A text is as long as its bytes, or none of its lines can be too long. */
  const emitText = (text: string) => {
    let from = 0;
    for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', from)) {
      if (end - from <= maxLineBytes) {
        lines += 1;
        sink.line(text.slice(from, end), lines);
      } else tooLong(end - from);
      from = end + 1;
    }
  };
  const emitBytes = (bytes: Buffer) => {
    let from = 0;
    for (let end = bytes.indexOf(NEWLINE); end !== -1; end = bytes.indexOf(NEWLINE, from)) {
      emit(bytes.subarray(from, end));
      from = end + 1;
    }
  };
  const dropLongLine = (): boolean => {
    const end = buffer.subarray(0, filled).indexOf(NEWLINE);
    if (end === -1) {
      skipped += filled;
      filled = 0;
      return false;
    }
    tooLong(skipped + end);
    skipped = 0;
    buffer.copyWithin(0, end + 1, filled);
    filled -= end + 1;
    return true;
  };

  return {
    space() {
      if (filled === buffer.length) {
        const grown = Buffer.allocUnsafeSlow(2 * buffer.length);
        buffer.copy(grown, 0, 0, filled);
        buffer = grown;
      }
      return buffer.subarray(filled);
    },
    advance(bytes) {
      filled += bytes;
      if (skipped > 0 && !dropLongLine()) return;
      const last = buffer.subarray(0, filled).lastIndexOf(NEWLINE);
      if (last !== -1) {
        emitBlock(buffer.subarray(0, last + 1));
        buffer.copyWithin(0, last + 1, filled);
        filled -= last + 1;
      }
      if (filled <= maxLineBytes) return;
      skipped = filled;
      filled = 0;
    },
    end() {
      if (skipped > 0) tooLong(skipped + filled);
      else if (filled > 0) emit(buffer.subarray(0, filled));
      return lines;
    },
  };
}
