import type { Io } from './io.ts';

/** Live runs take minutes: on a terminal their number is shown as it grows, elsewhere a line for every tenth of them. */
export function progressOn({ stderr }: Io): (done: number, total: number) => void {
  return (done, total) => {
    if (stderr.isTTY === true) stderr.write(`\rLive runs: ${done} of ${total}${done === total ? '\n' : ''}`);
    else if (done === total || done % Math.max(1, Math.ceil(total / 10)) === 0)
      stderr.write(`Live runs: ${done} of ${total}\n`);
  };
}
