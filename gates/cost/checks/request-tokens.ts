import { type CheckResult, defineCheck, OBSERVED_KINDS } from '../../../src/contract/check.ts';
import { maximum, optional } from '../../../src/contract/limit.ts';
import { quantity } from '../../../src/contract/quantity.ts';
import { type PercentileForm, parsePercentiles } from '../../../src/contract/statistics/percentile-shorthand.ts';
import type { RunNumbers, UnknownNumbers } from '../../../src/contract/statistics/percentile-verdict.ts';
import { judgePercentiles, percentileDemand } from '../../../src/contract/statistics/percentiles.ts';
import { type Sample, samplesToJudge } from '../../../src/contract/statistics/samples.ts';
import { formatNumber } from '../../../src/contract/units.ts';
import { runsWithoutCalls } from '../../../src/contract/unseen-calls.ts';
import runTokens from '../measures/run-tokens.ts';
import { emptyTokens, mergeTokens, type TokenSample } from '../token-sample.ts';
import { describeUnpriced, remedyUnpriced } from '../unpriced.ts';

const FORM: PercentileForm = {
  hasMaximum: true,
  value: 'a number of tokens',
  units: { '': 1 },
  least: 1,
  example: 'p(95)<20000',
};

const atOrUnder = (what: string) =>
  optional(
    maximum({
      unit: 'count',
      isInteger: true,
      range: [1, Number.MAX_SAFE_INTEGER],
      description: `${what} of the tokens of one run, input and output of all its model calls, at or under this many ("<" in the short form means the same)`,
    }),
  );

export default defineCheck({
  meta: {
    id: 'cost/request-tokens',
    title: 'The tokens of one run are proved to stay at or under their limits',
    severity: 'blocker',
    why: 'Tokens are what is billed, rate limited and waited for: a run that takes ten times the usual exhausts a quota that every other user shares.',
    remediation: [
      'Open the largest runs named here and find the calls that take most tokens.',
      'Send less context per call: trim histories and tool results, retrieve fewer documents, drop unused tools.',
      'Cap output tokens and the number of calls per run.',
      'Record the same number of runs again on the changed release and re-run the check.',
    ],
    controls: ['NIST-AI-RMF:MAP-3.2', 'NIST-AI-RMF:MEASURE-2.4', 'ISO-42001:A.4.5', 'ISO-42001:A.6.2.6', 'SOC2:A1.1'],
    kinds: OBSERVED_KINDS,
    subject: 'set-limit',
    since: '2026-11-25',
  },
  needs: { tokens: runTokens },
  limits: {
    p50: atOrUnder('p50'),
    p90: atOrUnder('p90'),
    p95: atOrUnder('p95'),
    p99: atOrUnder('p99'),
    max: atOrUnder('the largest of the recorded runs'),
  },
  parseShorthand: (text) => parsePercentiles(text, FORM),
  samples: (limits) => percentileDemand(limits, FORM),
  evaluate({ tokens }, limits, { plan }): CheckResult {
    const counts = Object.fromEntries(Object.entries(tokens).map(([id, { runs }]) => [id, runs]));
    const samples = samplesToJudge(counts, plan.scenarios).map((sample) => numbersOf(sample, tokens));
    const result = judgePercentiles({ place: 'gates.cost.request-tokens', form: FORM, limits, unit: 'count', samples });
    return { ...result, message: `${result.message}${sayEstimated(Object.values(tokens))}` };
  },
});

function numbersOf(sample: Sample, tokens: Readonly<Record<string, TokenSample>>): RunNumbers {
  const all = sample.ids.flatMap((id) => tokens[id] ?? []).reduce(mergeTokens, emptyTokens());
  return {
    of: 'tokens',
    sample,
    distribution: all.distribution,
    toMeasurement: (value) => ({ value, unit: 'count' }),
    largest: all.largest,
    unknown: unknownIn(all),
  };
}

function unknownIn({ partialRuns, uncounted, runsWithoutCalls: silent, unknownAt }: TokenSample): UnknownNumbers {
  const whats = [describeUnpriced(uncounted), silent === 0 ? '' : runsWithoutCalls(silent)];
  const remedies = [remedyUnpriced(uncounted), silent === 0 ? '' : 'Export the model calls of every run.'];
  return {
    absent: 0,
    partial: partialRuns,
    what: 'the tokens are not known',
    because: `: ${whats.filter((text) => text !== '').join(', ')}`,
    missing: {
      input: 'token counts of all model calls',
      remedy: remedies.filter((text) => text !== '').join(' '),
    },
    at: unknownAt,
  };
}

/** Estimates are taken at the upper end of their band, so they may fail a limit that the counts would keep. */
function sayEstimated(samples: readonly TokenSample[]): string {
  const [estimated, calls] = samples.reduce(
    ([some, all], sample) => [some + sample.estimatedCalls, all + sample.calls],
    [0, 0],
  );
  if (estimated === 0) return '';
  return `; the tokens of ${formatNumber(estimated)} of ${quantity(calls, 'call')} are estimated from their text, at the upper end`;
}
