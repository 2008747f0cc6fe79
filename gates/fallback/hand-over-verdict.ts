import type { MissingInput } from '../../src/contract/measure.ts';
import { quantity } from '../../src/contract/quantity.ts';
import { rateLowerBound } from '../../src/contract/statistics/binomial.ts';
import type { Judgement } from '../../src/contract/statistics/judgement.ts';
import { formatMeasurement, formatNumber, type Measurement, round12 } from '../../src/contract/units.ts';
import { mergeWitnesses, refsOf, witnessesOf } from '../../src/contract/witness.ts';
import type { HandOvers } from './measures/hand-overs.ts';

interface Required {
  /** Fewest runs that were handed over. */
  readonly handOvers: number;
  /** Share of hand-overs that may fail or be taken late, 0–1. */
  readonly missed: number;
  /** Whether a time within which people take a case is declared: then that must have been seen as well. */
  readonly isTimed: boolean;
}

/**
 * Whether handing over was seen to work: often enough, and with no more failed or late ones than tolerated. It fails when
 * their share is over the limit with 95 % confidence (exact one-sided bound). A case that nobody saw being taken is
 * neither late nor in time, and passes nothing where a time is declared.
 */
export function judgeHandOvers(seen: HandOvers, required: Required): Judgement {
  const { handedOver, failed, late } = seen;
  const [tried, bad] = [handedOver + failed, failed + late];
  const shown = describe(seen);
  const limit = ratio(required.missed);
  const lower = ratio(rateLowerBound(bad, tried));
  const share = ratio(tried === 0 ? 0 : round12(bad / tried));
  const at = mergeWitnesses(seen.failedAt, seen.lateAt);
  const compared = { limit, limitName: 'missed', n: tried };
  if (lower.value > limit.value) {
    const message = `${shown}: at least ${formatMeasurement(lower, limit)} missed with 95 % confidence, limit ${formatMeasurement(limit, limit)}`;
    const fail = { ...compared, outcome: 'fail', measured: lower, estimate: share, message } as const;
    return { result: { ...fail, evidence: witnessesOf(at) }, badness: lower.value };
  }
  const missing = moreHandOvers(Math.max(required.handOvers, tried + 1));
  const enough = {
    measured: counted(handedOver),
    limit: counted(required.handOvers),
    limitName: 'handOvers',
    n: seen.runs,
  };
  if (handedOver < required.handOvers) {
    const message = `${shown}; at least ${quantity(required.handOvers, 'hand-over')} must be seen`;
    return { result: { ...enough, outcome: 'inconclusive', message, missing, evidence: refsOf(at) }, badness: 0 };
  }
  if (share.value > limit.value) {
    const message = `${shown}: ${formatMeasurement(share, limit)} missed, limit ${formatMeasurement(limit, limit)}, too few to be certain`;
    const open = { ...compared, outcome: 'inconclusive', measured: share, message, missing } as const;
    return { result: { ...open, evidence: refsOf(at) }, badness: 0 };
  }
  if (required.isTimed && seen.inTime < required.handOvers) {
    const message = `${shown}; at least ${quantity(required.handOvers, 'hand-over')} must be seen to be taken in time`;
    const timed = { ...enough, measured: counted(seen.inTime), outcome: 'inconclusive', message, missing } as const;
    return { result: { ...timed, evidence: refsOf(seen.handedOverAt) }, badness: 0 };
  }
  return { result: { ...enough, outcome: 'pass', message: shown, evidence: refsOf(seen.handedOverAt) }, badness: 0 };
}

function moreHandOvers(fewest: number): MissingInput {
  return {
    input: 'recorded hand-overs',
    remedy: `Hand over at least ${quantity(fewest, 'run')}, with every declared model down, and record the call of handoff.tool or the decision to escalate, and when a person takes the case.`,
  };
}

/** `3 of 500 runs handed over, 1 taken in time for certain, 0 late, 2 hand-overs failed`. */
function describe({ runs, handedOver, failed, inTime, late }: HandOvers): string {
  const taken =
    inTime + late === 0
      ? 'whether they were taken in time is not known'
      : `${formatNumber(inTime)} taken in time for certain, ${formatNumber(late)} late`;
  const shown = `${formatNumber(handedOver)} of ${quantity(runs, 'run')} handed over${handedOver === 0 ? '' : `, ${taken}`}`;
  return failed === 0 ? shown : `${shown}, ${quantity(failed, 'hand-over')} failed`;
}

function counted(value: number): Measurement {
  return { value, unit: 'count' };
}

function ratio(value: number): Measurement {
  return { value, unit: 'ratio' };
}
