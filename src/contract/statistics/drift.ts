import type { MissingInput } from '../measure.ts';
import { formatMeasurement, type Measurement } from '../units.ts';
import { refsOf, type Witness, witnessesOf } from '../witness.ts';
import type { Judgement } from './judgement.ts';
import type { Bounded } from './weighted-difference.ts';

/** One thing that may differ between two samples, larger = worse, as a ratio. */
export interface Drift {
  readonly limitName: string;
  /** Before a colon: `median run duration`. */
  readonly subject: string;
  /** After the value: `longer`. */
  readonly direction: string;
  /** Undefined = there is no bound, for the reason in `open`. */
  readonly change: Bounded | undefined;
  /** Runs that show it, worst first; never empty where the change may be over a limit. */
  readonly at: readonly Witness[];
  /** Why the bounds are wide or missing, where more runs alone would not help. */
  readonly open: Open | undefined;
}

export interface Open {
  readonly what: string;
  readonly missing: MissingInput;
  readonly at: readonly Witness[];
}

interface Against {
  readonly limit: number;
  /** Runs compared, of the sample that is judged. */
  readonly n: number;
  /** What is missing where more runs would do; `fewest` undefined: no number of them would for certain. */
  readonly more: (fewest: number | undefined) => MissingInput;
}

/** Fails when the lower bound of the change is over the limit, passes when the upper one is not. */
export function judgeDrift(drift: Drift, { limit: value, n, more }: Against): Judgement {
  const { limitName, change, open, at } = drift;
  const limit = ratio(value);
  if (change === undefined) {
    const message = `${drift.subject}: ${open?.what ?? 'too few runs for a bound'}`;
    const missing = open?.missing ?? more(FEWEST);
    const evidence = refsOf(open?.at ?? []);
    const result = { outcome: 'inconclusive', message, missing, limit, limitName, n, evidence } as const;
    return { result, badness: Number.POSITIVE_INFINITY };
  }
  const { estimate, lower, upper } = change;
  const compared = { limit, limitName, estimate: ratio(estimate), n };
  const badness = upper - value;
  if (lower > value) {
    const message = describeDrift(drift, value);
    return {
      result: { ...compared, outcome: 'fail', measured: ratio(lower), message, evidence: witnessesOf(at) },
      badness,
    };
  }
  const proof = { ...compared, measured: ratio(upper), message: describeDrift(drift, value) };
  if (upper <= value) return { result: { ...proof, outcome: 'pass', evidence: refsOf(at) }, badness };
  const because = open === undefined ? '' : ` (${open.what})`;
  const missing = open?.missing ?? more(runsToDecide({ ...change, limit: value, n }));
  const evidence = refsOf(open?.at ?? at);
  return {
    result: { ...proof, outcome: 'inconclusive', message: `${proof.message}${because}`, missing, evidence },
    badness,
  };
}

/** `median run duration: at most 12.4 % longer (estimate 3.1 %), limit 25 %`. */
export function describeDrift({ subject, direction, change, open }: Drift, value: number): string {
  if (change === undefined) return `${subject}: ${open?.what ?? 'too few runs for a bound'}`;
  const limit = ratio(value);
  const [side, bound] = change.lower > value ? ['at least', change.lower] : ['at most', change.upper];
  const estimate = formatMeasurement(ratio(change.estimate), limit);
  return `${subject}: ${side} ${formatMeasurement(ratio(bound), limit)} ${direction} (estimate ${estimate}), limit ${formatMeasurement(limit, limit)}`;
}

/** The fewest runs of which a median has a bound. */
const FEWEST = 5;

/**
 * Runs of both samples whose bound would come down to the limit: its distance from the estimate shrinks with the root
 * of their number. Undefined when no number of them would, because the estimate itself is over the limit.
 */
function runsToDecide({ estimate, upper, limit, n }: Bounded & Pick<Against, 'limit' | 'n'>): number | undefined {
  const room = limit - estimate;
  return room <= 0 ? undefined : Math.max(n + 1, Math.ceil(n * ((upper - estimate) / room) ** 2));
}

function ratio(value: number): Measurement {
  return { value, unit: 'ratio' };
}
