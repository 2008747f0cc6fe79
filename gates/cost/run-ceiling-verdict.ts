import type { CheckResult, Tables } from '../../src/contract/check.ts';
import { manifestRef } from '../../src/contract/manifest-ref.ts';
import type { MissingInput } from '../../src/contract/measure.ts';
import type { Plan } from '../../src/contract/plan.ts';
import { quantity } from '../../src/contract/quantity.ts';
import {
  formatMeasurement,
  formatNumber,
  type Measurement,
  NANO_USD_PER_USD,
  round12,
} from '../../src/contract/units.ts';
import { refsOf, witnessesOf } from '../../src/contract/witness.ts';
import { CAP_NAMES, type CapTally, hasCap } from './cap-tally.ts';
import type { CostSample } from './cost-sample.ts';
import { type Ceiling, ceilingOf, costCapsOf } from './run-ceiling.ts';

interface Question {
  readonly seen: CapTally;
  /** Of all runs together. */
  readonly costs: CostSample;
  /** Undefined: no limit is set, and the ceiling is only told. */
  readonly limit: Measurement | undefined;
  readonly plan: Plan;
  readonly tables: Tables;
}

/**
 * Fails when a run passes a declared cap, when one cost more than the caps allow, or when what they allow is over the
 * limit. Passes when every run is known to keep to them and the ceiling is known.
 */
export function judgeCeiling(question: Question): CheckResult {
  const { seen, plan, tables } = question;
  if (!hasCap(plan.caps)) return undeclared('no cap is declared', 'caps.modelCalls, inputTokens and outputTokens');
  if (seen.aboveAny > 0) return passed(seen, plan);
  const caps = costCapsOf(plan.caps);
  if (!('modelCalls' in caps)) {
    const names = caps.map((name) => `caps.${name}`).join(', ');
    return undeclared(`what a run can cost is not bounded: ${names} not declared${describeRuns(seen)}`, names);
  }
  const ceiling = ceilingOf(caps, seen, { plan, tables });
  if (ceiling.usd === undefined) {
    const remedy = 'Declare the model under the name of the price list, or have the base policy state its price.';
    const message = `what a run can cost is not known: no price for ${ceiling.what}${describeRuns(seen)}`;
    return open(message, { input: 'prices of declared models', remedy });
  }
  return judgeUsd({ ...question, ceiling, ceilingUsd: { value: ceiling.usd, unit: 'usd' } });
}

type Bounded = Question & { readonly ceiling: Ceiling; readonly ceilingUsd: Measurement };

function judgeUsd(bounded: Bounded): CheckResult {
  const { seen, costs, limit, plan, ceiling, ceilingUsd } = bounded;
  const against = limit === undefined ? '' : `, limit ${formatMeasurement(limit, limit)}`;
  const aside = ceiling.hasRetries ? '' : ', repeated attempts on top';
  const sentence = `the model calls of one run cost at most ${formatMeasurement(ceilingUsd, limit)}${against}: ${ceiling.what}${aside}${describeRuns(seen)}`;
  const compared = {
    measured: ceilingUsd,
    ...(limit === undefined ? {} : { limit, limitName: 'usd' }),
    n: seen.runs,
    message: sentence,
  };
  if (limit !== undefined && ceilingUsd.value > limit.value) {
    return { ...compared, limit, outcome: 'fail', evidence: [manifestRef(plan, '/caps')] };
  }
  if (dollars(costs.max).value > ceilingUsd.value) return exceeded(bounded, sentence);
  if (seen.unknown > 0) {
    const message = `whether ${quantity(seen.unknown, 'run')} kept to the caps is not recorded; ${sentence}`;
    return { ...compared, outcome: 'inconclusive', message, missing: UNKNOWN_CALLS, evidence: refsOf(seen.unknownAt) };
  }
  if (limit !== undefined && !ceiling.hasRetries) {
    return { ...compared, outcome: 'inconclusive', missing: UNKNOWN_RETRIES, evidence: [] };
  }
  if (limit !== undefined) return { ...compared, limit, outcome: 'pass', evidence: [manifestRef(plan, '/caps')] };
  return { ...NONE_ABOVE, outcome: 'pass', n: seen.runs, message: sentence, evidence: [manifestRef(plan, '/caps')] };
}

/** Repetitions that nobody declared may be what the run paid for beyond its caps. */
function exceeded({ seen, costs, ceiling, ceilingUsd }: Bounded, sentence: string): CheckResult {
  const measured = dollars(costs.max);
  const message = `a recorded run cost ${formatMeasurement(measured, ceilingUsd)}, embeddings and repeated attempts included, more than its caps allow; ${sentence}`;
  const compared = { measured, limit: ceilingUsd, n: seen.runs, message };
  const evidence = witnessesOf(costs.dearest);
  if (ceiling.hasRetries) return { ...compared, outcome: 'fail', evidence };
  return { ...compared, outcome: 'inconclusive', missing: UNKNOWN_RETRIES, evidence };
}

const UNKNOWN_CALLS: MissingInput = {
  input: 'token counts of all model calls',
  remedy: 'Export the model and tool calls of every run, model calls with input and output tokens.',
};
const UNKNOWN_RETRIES: MissingInput = {
  input: 'declared retries',
  remedy: 'Declare retries.model, how often the code and its clients repeat one model call at most; 0 for never.',
};

/** Runs above a cap, as a share. */
const NONE_ABOVE = { measured: { value: 0, unit: 'ratio' }, limit: { value: 0, unit: 'ratio' } } as const;

function passed(seen: CapTally, { caps }: Plan): CheckResult {
  const each = CAP_NAMES.flatMap((name) => {
    const [runs, cap] = [seen.above[name], caps[name]];
    return runs === undefined || cap === undefined
      ? []
      : [`caps.${name} of ${formatNumber(cap)} in ${quantity(runs, 'run')}`];
  });
  const measured = { value: round12(seen.aboveAny / seen.runs), unit: 'ratio' } as const;
  const message = `${formatNumber(seen.aboveAny)} of ${quantity(seen.runs, 'run')} passed a declared cap, which is not enforced then: ${each.join(', ')}`;
  return { ...NONE_ABOVE, measured, outcome: 'fail', n: seen.runs, message, evidence: witnessesOf(seen.aboveAt) };
}

function undeclared(message: string, names: string): CheckResult {
  const remedy = `Declare ${names}: where the code stops a run and what it lets one call take.`;
  return open(message, { input: 'declared caps', remedy });
}

function open(message: string, missing: MissingInput): CheckResult {
  return { outcome: 'inconclusive', message, missing, evidence: [] };
}

/** `; none of 120 runs passes a declared cap, 3 stopped at one (2.5 %)`; the second part is 0 where no cap ever worked. */
function describeRuns({ runs, stopped, unknown }: CapTally): string {
  const share = formatMeasurement({ value: round12(stopped / runs), unit: 'ratio' });
  const known = quantity(runs - unknown, 'run');
  return `; none of ${known} passes a declared cap, ${formatNumber(stopped)} of ${formatNumber(runs)} (${share}) stopped exactly at one`;
}

function dollars(nanoUsd: bigint): Measurement {
  return { value: round12(Number(nanoUsd) / NANO_USD_PER_USD), unit: 'usd' };
}
