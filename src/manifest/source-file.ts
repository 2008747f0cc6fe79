import type { ErrorCode, Problem } from '../contract/errors.ts';
import { visible } from '../contract/visible-text.ts';
import { codeFrame } from './code-frame.ts';
import { maskSecrets } from './secrets.ts';

/** A text file as read. `path` is shown in messages; `sha256` is of its bytes, lower-case hex. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
  readonly sha256: string;
}

/** Offsets into the text, from 0, end exclusive. */
export type Range = readonly [start: number, end: number];

export interface Fault {
  readonly code: ErrorCode;
  readonly message: string;
  readonly hint?: string | undefined;
}

/** A file that can say where something is in it. Lines and columns from 1, columns in UTF-16 units. */
export interface LocatedFile {
  readonly path: string;
  placeOf(offset: number): { readonly line: number; readonly column: number };
  problem(range: Range, complaint: Fault): Problem;
}

/** Prepares a file for locating. Problems show neither secrets nor control characters, wherever the text holds them. */
export function locate({ path, text }: SourceFile): LocatedFile {
  const lines = maskSecrets(text).split('\n');
  const starts = startsOf(lines);
  const placeOf = (offset: number) => {
    const index = lastAtOrBelow(starts, offset);
    return { line: index + 1, column: offset - (starts[index] ?? 0) + 1 };
  };
  const problem = ([start, end]: Range, { code, message, hint }: Fault): Problem => {
    const place = placeOf(start);
    const said = hint === undefined ? {} : { hint: shown(hint) };
    const frame = codeFrame(lines, { ...place, length: end - start });
    return { code, message: shown(message), file: path, ...place, ...said, frame };
  };
  return { path, placeOf, problem };
}

function shown(text: string): string {
  return visible(maskSecrets(text));
}

function startsOf(lines: readonly string[]): number[] {
  let offset = 0;
  return lines.map((line) => {
    const start = offset;
    offset += line.length + 1;
    return start;
  });
}

function lastAtOrBelow(sorted: readonly number[], value: number): number {
  let [low, high] = [0, sorted.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((sorted[middle] ?? Number.POSITIVE_INFINITY) <= value) low = middle;
    else high = middle - 1;
  }
  return low;
}
