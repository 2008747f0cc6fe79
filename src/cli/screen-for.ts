import { wantsColor } from './color-level.ts';
import type { Io } from './io.ts';

/** Colour and width of a report; `path` = the file it goes to, undefined = the screen. */
export function screenFor(io: Io, flag: boolean | undefined, path?: string): { color: boolean; width: number } {
  const color = wantsColor({ flag, env: io.env, isTTY: path === undefined && io.stdout.isTTY === true });
  return { color, width: io.stdout.columns ?? 100 };
}
