import { type CheckResult, defineCheck, OBSERVED_KINDS } from '../../../src/contract/check.ts';
import { maximum } from '../../../src/contract/limit.ts';
import { quantity } from '../../../src/contract/quantity.ts';
import { rateUpperBound, runsToProve } from '../../../src/contract/statistics/binomial.ts';
import { type Judgement, worstOf } from '../../../src/contract/statistics/judgement.ts';
import { judgePercentile, type RunNumbers } from '../../../src/contract/statistics/percentile-verdict.ts';
import { moreRuns } from '../../../src/contract/statistics/samples.ts';
import { formatMeasurement, formatNumber, type Measurement, round12 } from '../../../src/contract/units.ts';
import { FEWEST_CALLS } from '../conversations.ts';
import { describeAhead } from '../growth-ahead.ts';
import { emptyGrowth, type GrowthSample, type InputTotals, toFactor } from '../growth-sample.ts';
import inputGrowth from '../measures/input-growth.ts';
import { strataOf } from '../strata.ts';

const Q = 0.95;

export default defineCheck({
  meta: {
    id: 'cost/context-growth',
    title: 'The input of model calls is proved to grow no further within a run than its limit',
    severity: 'advisory',
    why: 'Every call pays for the whole history again: a run of twenty calls whose input grows by its first size each time costs ten times what twenty first calls cost.',
    remediation: [
      'Open the steepest runs named here and see what each call adds to the history.',
      'Summarise or drop old turns, keep tool results out of the history or shorten them.',
      'Cache the stable part of the prompt, and declare caps.modelCalls where the code stops.',
      'Record runs of the changed release and re-run the check.',
    ],
    controls: ['NIST-AI-RMF:MAP-3.2', 'NIST-AI-RMF:MEASURE-2.4', 'ISO-42001:A.4.5', 'ISO-42001:A.6.2.6'],
    kinds: OBSERVED_KINDS,
    subject: 'set-limit',
    since: '2026-11-25',
  },
  needs: { growth: inputGrowth },
  limits: {
    factor: maximum({
      unit: 'count',
      range: [1, 1_000_000],
      description: `last over first input of runs with ${FEWEST_CALLS} or more calls of one model: its p95, to be proved with 95 % confidence`,
    }),
  },
  samples: ({ factor }) => [
    { kind: 'share', claim: `factor<=${factor}`, unit: 'runs', per: 'scenario', allowed: round12(1 - Q) },
  ],
  evaluate({ growth }, { factor }, { plan, tables }): CheckResult {
    const limit: Measurement = { value: factor, unit: 'count' };
    const strata = strataOf(plan, growth.scenarios, emptyGrowth);
    const percentile = { name: 'p95', q: Q, limit };
    const result = worstOf(
      strata.map(({ id, sample }) =>
        sample.runs > 0 && sample.distribution.count + sample.unknown === 0
          ? judgeWithout(id, sample.runs, limit)
          : judgePercentile(numbersOf(id, sample), percentile),
      ),
    );
    const ahead = describeAhead(growth.inputs, plan, tables);
    return { ...result, limitName: 'factor', message: `${result.message}${describeInputs(growth.inputs)}${ahead}` };
  },
});

/**
 * No run of the scenario has a conversation that could grow. As many runs as bound a p95 prove that those to come have
 * none either.
 */
function judgeWithout(id: string, n: number, limit: Measurement): Judgement {
  const none = `none of ${quantity(n, 'run')} of scenario ${id} makes ${FEWEST_CALLS} calls of one model`;
  const compared = { limit, limitName: 'factor', n, evidence: [] };
  if (n < runsToProve(Q)) {
    const missing = moreRuns({ label: `scenario ${id}`, ids: [id] }, runsToProve(Q));
    const message = `${none}: too few to prove that hardly any does`;
    return { result: { ...compared, outcome: 'inconclusive', message, missing }, badness: Number.POSITIVE_INFINITY };
  }
  const most = formatMeasurement({ value: rateUpperBound(0, n), unit: 'ratio' });
  const message = `${none}, so nothing grows: with 95 % confidence at most ${most} of them do`;
  const measured = { value: 1, unit: 'count' } as const;
  return { result: { ...compared, outcome: 'pass', measured, message }, badness: 1 / limit.value };
}

/** Scenarios are never pooled: the mix of the runs that have conversations is not that of the traffic. */
function numbersOf(id: string, { distribution, unknown, steepest, unknownAt }: GrowthSample): RunNumbers {
  return {
    of: 'input growth',
    sample: { label: `scenario ${id}, ${FEWEST_CALLS} or more calls of one model`, ids: [id] },
    distribution,
    toMeasurement: (growth) => ({ value: toFactor(growth), unit: 'count' }),
    largest: steepest,
    unknown: {
      absent: unknown,
      partial: 0,
      what: 'the input of all model calls is not known',
      missing: {
        input: 'token counts of all model calls',
        remedy: 'Export the model calls of every run, each with its input and output tokens.',
      },
      at: unknownAt,
    },
  };
}

/** `; all input is 3.4 times the largest input of each run, 62 % of it read from a cache`. */
function describeInputs({ sent, largest, cacheRead, sentWithCacheCounts }: InputTotals): string {
  if (largest === 0n) return '';
  const times = formatNumber(round12(Number(sent) / Number(largest)));
  const cached =
    sentWithCacheCounts === 0n
      ? 'cache reads are not recorded'
      : `${formatMeasurement({ value: round12(Number(cacheRead) / Number(sentWithCacheCounts)), unit: 'ratio' })} of it read from a cache`;
  return `; all input is ${times} times the largest input of each run, ${cached}`;
}
