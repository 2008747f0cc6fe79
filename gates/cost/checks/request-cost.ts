import { defineCheck, OBSERVED_KINDS } from '../../../src/contract/check.ts';
import { maximum, optional } from '../../../src/contract/limit.ts';
import { type PercentileForm, parsePercentiles } from '../../../src/contract/statistics/percentile-shorthand.ts';
import type { RunNumbers } from '../../../src/contract/statistics/percentile-verdict.ts';
import { judgePercentiles, percentileDemand } from '../../../src/contract/statistics/percentiles.ts';
import { type Sample, samplesToJudge } from '../../../src/contract/statistics/samples.ts';
import { NANO_USD_PER_USD, round12 } from '../../../src/contract/units.ts';
import { mergeWitnesses } from '../../../src/contract/witness.ts';
import { type CostSample, emptySample, mergeCosts } from '../cost-sample.ts';
import runCosts from '../measures/run-costs.ts';
import { unknownRuns, whyNotOwn } from '../unknown-costs.ts';

/** A millionth of a dollar. */
const LEAST_USD = 1e-6;

const FORM: PercentileForm = {
  hasMaximum: true,
  value: 'US dollars',
  units: { '': 1, usd: 1 },
  least: LEAST_USD,
  example: 'p(95)<0.05',
};

const atOrUnder = (what: string) =>
  optional(
    maximum({
      unit: 'usd',
      range: [LEAST_USD, Number.MAX_SAFE_INTEGER],
      description: `${what} of the cost of one run with all its model calls and embeddings, at or under this many US dollars ("<" in the short form means the same)`,
    }),
  );

export default defineCheck({
  meta: {
    id: 'cost/request-cost',
    title: 'The cost of one run is proved to stay at or under its limits',
    severity: 'blocker',
    why: 'A monthly total hides the runs that cost a hundred times the usual: one user, one loop or one long document can spend what a thousand others pay for.',
    remediation: [
      'Open the dearest runs named here and find the calls that cost most.',
      'Cap the calls of a run and the tokens of a call, and stop the run at its budget.',
      'Send less context per call, cache the stable part of the prompt, move simple steps to a smaller model.',
      'Record the same number of runs again on the changed release and re-run the check.',
    ],
    controls: [
      'NIST-AI-RMF:MAP-3.2',
      'NIST-AI-RMF:MEASURE-2.4',
      'ISO-42001:A.4.5',
      'ISO-42001:A.6.2.6',
      'SOC2:A1.1',
      'OWASP-ASI:ASI08',
    ],
    kinds: OBSERVED_KINDS,
    subject: 'set-limit',
    since: '2026-11-25',
  },
  needs: { costs: runCosts },
  limits: {
    p50: atOrUnder('p50'),
    p90: atOrUnder('p90'),
    p95: atOrUnder('p95'),
    p99: atOrUnder('p99'),
    max: atOrUnder('the largest of the recorded runs'),
  },
  parseShorthand: (text) => parsePercentiles(text, FORM),
  samples: (limits) => percentileDemand(limits, FORM),
  evaluate({ costs }, limits, { plan }) {
    const counts = Object.fromEntries(Object.entries(costs).map(([id, { runs }]) => [id, runs]));
    const samples = samplesToJudge(counts, plan.scenarios).map((sample) => numbersOf(sample, costs));
    return judgePercentiles({ place: 'gates.cost.request-cost', form: FORM, limits, unit: 'usd', samples });
  },
});

/** A call without a price, or without one of its own, makes the cost of its run a lower bound. */
function numbersOf(sample: Sample, costs: Readonly<Record<string, CostSample>>): RunNumbers {
  const parts = sample.ids.flatMap((id) => (costs[id] === undefined ? [] : [{ id, sample: costs[id] }]));
  const all = parts.map((part) => part.sample).reduce(mergeCosts, emptySample());
  const why = whyNotOwn(parts);
  return {
    sample,
    distribution: all.distribution,
    toMeasurement: (nanoUsd) => ({ value: round12(nanoUsd / NANO_USD_PER_USD), unit: 'usd' }),
    largest: all.dearest,
    unknown: why && {
      absent: 0,
      partial: unknownRuns(parts),
      what: 'the cost is not known',
      because: `: ${why.what}`,
      missing: why.missing,
      at: mergeWitnesses(all.unknownAt, all.capacityAt),
    },
  };
}
