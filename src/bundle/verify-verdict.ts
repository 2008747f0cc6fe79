import { AigateError } from '../contract/errors.ts';
import { differences } from './json-difference.ts';
import { RESULTS_FILE } from './layout.ts';
import type { Bundle } from './read-bundle.ts';

/** What judging a bundle again gave. */
export interface Recomputed {
  /** `measures`: only cited runs were kept, so the reduction of runs to measures was not repeated. */
  readonly from: 'traces' | 'measures';
  /** The results in the form in which `check` writes them. */
  readonly results: string;
}

/** Judges a bundle again from what it holds. Injected: judging is not the bundle's business. */
export type Recompute = (bundle: Bundle) => Promise<Recomputed>;

/**
 * Whether the results are, byte for byte, what the bundle's own evidence gives.
 * @throws AigateError VERDICT_MISMATCH naming the first differences, also when the evidence cannot be judged at all;
 * BUNDLE_… when a file cannot be read
 */
export async function verifyVerdict(bundle: Bundle, recompute: Recompute): Promise<Recomputed['from']> {
  const { from, results } = await judgeAgain(bundle, recompute);
  const recorded = await bundle.text(RESULTS_FILE);
  if (recorded === results) return from;
  const found = differences(JSON.parse(recorded), JSON.parse(results));
  const where = found.map(({ pointer, left, right }) => `${pointer} is ${left}, recomputed ${right}`).join('; ');
  throw new AigateError(
    'VERDICT_MISMATCH',
    `${RESULTS_FILE} is not what its evidence gives: ${where || 'bytes differ'}`,
    {
      hint: 'Do not rely on this bundle; ask for a new one made from the recordings.',
    },
  );
}

async function judgeAgain(bundle: Bundle, recompute: Recompute): Promise<Recomputed> {
  try {
    return await recompute(bundle);
  } catch (cause) {
    if (cause instanceof AigateError && /^(BUNDLE|VERDICT)_/.test(cause.code)) throw cause;
    // Content is only as well formed as whoever wrote the bundle made it: what cannot be judged does not verify.
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new AigateError('VERDICT_MISMATCH', `the evidence cannot be judged again: ${reason}`, { cause });
  }
}
