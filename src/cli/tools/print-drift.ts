import type { AigateError } from '../../contract/errors.ts';
import { quantity } from '../../contract/quantity.ts';
import { describeDrift } from '../../contract/served/describe-drift.ts';
import type { Drift } from '../../contract/served/lock-drift.ts';
import type { Io } from '../io.ts';

interface Printing {
  readonly json: boolean;
  /** Why servers could not be listed. */
  readonly failed: readonly AigateError[];
}

/** Every difference on a line of its own on standard output, newly gained authority first, or all of it as JSON. */
export function printDrift(
  io: Pick<Io, 'stdout' | 'stderr'>,
  drift: readonly Drift[],
  { json, failed }: Printing,
): void {
  if (json) {
    const unlisted = failed.map(({ code, message }) => ({ code, message }));
    io.stdout.write(`${JSON.stringify({ drift, failed: unlisted }, null, 2)}\n`);
    return;
  }
  for (const one of drift) io.stdout.write(`${one.gains.length > 0 ? 'gains  ' : '       '}${describeDrift(one)}\n`);
  if (drift.length === 0) return;
  const gains = drift.filter((one) => one.gains.length > 0).length;
  io.stderr.write(`${quantity(drift.length, 'difference')}, ${gains} with newly gained authority\n`);
}
