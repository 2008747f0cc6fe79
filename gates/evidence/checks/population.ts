import { type CheckResult, defineCheck, OBSERVED_KINDS } from '../../../src/contract/check.ts';
import { maximum, minimum, optional } from '../../../src/contract/limit.ts';
import { quantity } from '../../../src/contract/quantity.ts';
import { allOf } from '../all-of.ts';
import { liveGaps } from '../live-gaps.ts';
import sourceTimes, { type SourceTimes } from '../measures/source-times.ts';
import { type ReadSource, readSources } from '../read-source.ts';
import { countIssues, unexplainedShare } from '../source-counts.ts';
import { leftOut, type SourceGap, unknownSampling, unread } from '../source-gaps.ts';
import { describeSources } from '../source-text.ts';
import { windowIssues } from '../source-window.ts';

export default defineCheck({
  meta: {
    id: 'evidence/population',
    title: 'It is known which part of the traffic every recording is, and the recordings agree',
    severity: 'blocker',
    why: 'A rate over runs that somebody picked, or that a sampler kept because they failed or because they did not, is the rate of that pick: the customers get another one.',
    remediation: [
      'Declare for every source its true sampling, its window and, where runs were left out, total and excluded by reason.',
      'Correct each named contradiction between a declaration and the recording, and export what was cut off again.',
      'Test again.',
    ],
    controls: [
      'NIST-AI-RMF:GOVERN-1.4',
      'NIST-AI-RMF:MEASURE-2.1',
      'ISO-42001:A.6.2.7',
      'EU-AI-ACT:11(1)',
      'EU-AI-ACT:12(1)',
      'SOC2:CC4.1',
    ],
    kinds: OBSERVED_KINDS,
    subject: 'every-workload',
    since: '2026-11-25',
  },
  needs: { sourceTimes },
  limits: {
    unexplained: maximum({
      unit: 'ratio',
      range: [0, 1],
      fallback: 0.01,
      description:
        'Share of the runs that took place that is neither recorded nor excluded for a stated reason, of each source with a total that is no head sample',
    }),
    days: optional(
      minimum({
        unit: 'days',
        isInteger: true,
        range: [1, 366],
        description:
          'Days (UTC) on which runs of production sources began; a week shows what an hour cannot, such as weekends, batches and busy hours',
      }),
    ),
  },
  evaluate({ sourceTimes: seen }, limits, { plan, population }): CheckResult {
    const sources = readSources(plan, population, seen);
    const seenGaps = [unread(plan, population), leftOut(population), unknownSampling(plan)];
    const gaps = [...liveGaps(population), ...seenGaps.filter((gap) => gap !== undefined)];
    const [issue, ...issues] = [
      ...gaps.map(asInconclusive),
      ...sources.flatMap((of) => [
        ...countIssues(of, { plan, unexplained: limits.unexplained }),
        ...windowIssues(of, plan),
      ]),
      ...tooFewDays(seen, limits.days),
    ];
    if (issue !== undefined) return allOf([issue, ...issues]);
    return {
      outcome: 'pass',
      measured: { value: mostUnexplained(sources), unit: 'ratio' },
      limit: { value: limits.unexplained, unit: 'ratio' },
      limitName: 'unexplained',
      n: population.runs,
      message: describeSources(sources),
      evidence: [],
    };
  },
});

function asInconclusive(gap: SourceGap): CheckResult {
  return { outcome: 'inconclusive', ...gap, evidence: [] };
}

function mostUnexplained(sources: readonly ReadSource[]): number {
  return Math.max(0, ...sources.map((of) => unexplainedShare(of) ?? 0));
}

function tooFewDays({ productionDays }: SourceTimes, least: number | undefined): CheckResult[] {
  if (least === undefined || productionDays.length >= least) return [];
  return [
    {
      outcome: 'inconclusive',
      measured: { value: productionDays.length, unit: 'days' },
      limit: { value: least, unit: 'days' },
      limitName: 'days',
      message: `production runs of ${quantity(productionDays.length, 'day')}, and ${quantity(least, 'day')} are asked for`,
      missing: {
        input: 'production recordings of more days',
        remedy: `Record production traffic of at least ${quantity(least, 'day')} and declare it with origin: production.`,
      },
      evidence: [],
    },
  ];
}
