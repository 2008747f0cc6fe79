import { describe, expect, it } from 'vitest';
import type { Plan, Source } from '../../../src/contract/plan.ts';
import type { SourcePopulation } from '../../../src/contract/population.ts';
import type { Run } from '../../../src/contract/run.ts';
import {
  aContext,
  aPlan,
  aPopulation,
  aRun,
  aSource,
  aSourcePopulation,
  runs,
} from '../../../src/dev/testing/builders.ts';
import { testCheck } from '../../../src/dev/testing/check-tester.ts';
import { measured } from '../../../src/dev/testing/measured.ts';
import sourceTimes from '../measures/source-times.ts';
import check from './population.ts';

const limits = { unexplained: 0.01, days: undefined };
const WINDOW = ['2026-11-10', '2026-11-12'] as const;
const at = (time: string) => Date.parse(time);
const complete = aSource({ window: WINDOW });

interface Story {
  readonly source?: Partial<Source>;
  readonly read?: Partial<SourcePopulation>;
  readonly plan?: Partial<Plan>;
  readonly runs?: readonly Run[];
}
/** One source of 100 runs within its window, unless the story says otherwise. */
const over = ({ source, read, plan: changes, runs: list }: Story = {}) => {
  const lines = { '': 1, '/sources/0/total': 31, '/sources/0/sampling': 32, '/sources/0/window': 33 };
  const plan = aPlan({ sources: [{ ...complete, ...source }], manifestLines: lines, ...changes });
  const found = aSourcePopulation({ runs: 100, ...read });
  const recorded = list ?? runs(4, (i) => ({ startMs: at(`2026-11-1${i % 3}T09:00:00Z`) }));
  return {
    seen: { sourceTimes: measured(sourceTimes, recorded, plan) },
    context: { plan, population: aPopulation({ sources: [found], runs: found.runs }) },
  };
};
const started = (...times: readonly string[]) => times.map((time) => aRun({ startMs: at(time) }));
const early: Partial<Plan> = { workload: { ...aPlan().workload, lane: 'early-access' } };

describe('evidence/population', () => {
  it('is inconclusive while runs that were planned are not made', () => {
    const { seen, context } = over({ read: { leftOut: { runs: 12, reason: 'stopped by the budget of 9 calls' } } });
    expect(check.evaluate(seen, limits, aContext(context))).toMatchObject({
      outcome: 'inconclusive',
      message: 'planned and not made: 12 runs of traces/week.jsonl (stopped by the budget of 9 calls)',
      missing: { remedy: expect.stringContaining('live.budget') },
    });
  });

  const quiet = { runs: 4, unanswered: [], unaskedScenarios: [], bypasses: [], unknownPaths: [] };
  it.each([
    [
      { unanswered: [{ problem: 'REPLAY_MISS: nothing is recorded', runs: 2 }] },
      'live runs are left out: 2 runs got no answer (REPLAY_MISS: nothing is recorded)',
      'aigate record',
    ],
    [{ unanswered: [{ problem: 'UPSTREAM_STATUS: 401', runs: 4 }] }, 'UPSTREAM_STATUS: 401', 'a key that the provider'],
    [{ unanswered: [{ problem: 'UPSTREAM_STATUS: 429', runs: 4 }] }, 'UPSTREAM_STATUS: 429', 'Raise the quota'],
    [{ unanswered: [{ problem: 'UPSTREAM_BROKE: ECONNRESET', runs: 4 }] }, 'ECONNRESET', 'when the provider answers'],
    [{ bypasses: [{ host: 'api.openai.com:443', count: 3 }] }, 'went around the proxy', 'from the environment'],
    [{ unaskedScenarios: ['summarize'] }, 'no live run of scenario summarize asked a model', 'from the environment'],
    [
      { unaskedScenarios: ['summarize'], unknownPaths: ['POST /v1/audio/speech'] },
      'no model calls that it understands: "POST /v1/audio/speech"',
      'from the environment',
    ],
    [{ partialSpans: 2 }, 'some spans of 2 live runs could not be taken', 'below 16 MB'],
  ])('is inconclusive when live runs did not see their models: %j', (more, says, remedy) => {
    const { seen, context } = over({ read: { live: { ...quiet, ...more } } });
    expect(check.evaluate(seen, limits, aContext(context))).toMatchObject({
      outcome: 'inconclusive',
      message: expect.stringContaining(says),
      missing: { remedy: expect.stringContaining(remedy) },
    });
  });

  it.each([{}, { refusedSpans: 4 }])('passes live runs that asked their models: %j', (more) => {
    const { seen, context } = over({ read: { live: { ...quiet, ...more } } });
    expect(check.evaluate(seen, limits, aContext(context)).outcome).toBe('pass');
  });

  it('names every issue of the same weight and cites each place', () => {
    const { seen, context } = over({ source: { total: 90 }, read: { sampledSpans: 1 } });
    const result = check.evaluate(seen, limits, aContext(context));
    expect(result.message).toContain('1 span in it says that others were left out; traces/week.jsonl holds 100 runs');
    expect(result.evidence.map(({ line }) => line)).toEqual([32, 31]);
  });
});

testCheck(check, {
  pass: [
    {
      name: 'a complete window',
      ...over(),
      limits,
      says: 'traces/week.jsonl: 100 production runs, declared complete, 2026-11-10 to 2026-11-12',
    },
    {
      name: 'exactly as much is unexplained as the limit',
      ...over({ source: { total: 200, excluded: [{ reason: 'health checks', runs: 98 }] } }),
      limits,
      says: '100 production runs of 200 (50 %), declared complete, 2026-11-10 to 2026-11-12, 98 excluded as "health checks"',
    },
    {
      name: 'as many runs as took place',
      ...over({ source: { total: 100 } }),
      limits,
      says: '100 production runs of 100 (100 %)',
    },
    {
      name: 'a head sample with its total, where chance explains the rest',
      ...over({ source: { sampling: 'head', total: 3_000 }, read: { sampledSpans: 400 } }),
      limits,
      says: '100 production runs of 3,000 (3.333 %), a head sample',
    },
    {
      name: 'a tail sample that accounts for what it left out',
      ...over({ source: { sampling: 'tail', total: 1_000, excluded: [{ reason: 'fast', runs: 900 }] } }),
      limits,
      says: 'a tail sample, whose rates are those of what it kept',
    },
    {
      name: 'copies and repeated spans are said',
      ...over({ read: { copiedRuns: 3, duplicateSpans: 1 } }),
      limits,
      says: '3 copied runs not counted, 1 repeated span not counted',
    },
    {
      name: 'the first and the last day of the window in the farthest time zones',
      ...over({ runs: started('2026-11-09T10:00:00Z', '2026-11-13T11:59:59.999Z') }),
      limits,
      says: '2026-11-10 to 2026-11-12',
    },
    {
      name: 'as many days of production as asked for',
      ...over(),
      limits: { unexplained: 0.01, days: 3 },
      says: '100 production runs',
    },
    {
      name: 'test runs without a window or a time',
      ...over({ source: { origin: 'test', window: undefined }, runs: [aRun({ startMs: undefined })] }),
      limits,
      says: '100 test runs, declared complete',
    },
    {
      name: 'unknown sampling and no window outside production',
      ...over({ source: { sampling: 'unknown', window: undefined }, plan: early }),
      limits,
      says: 'sampling not declared',
    },
  ],
  fail: [
    {
      name: 'slightly more is unexplained than the limit',
      ...over({ source: { total: 200, excluded: [{ reason: 'health checks', runs: 97 }] } }),
      limits,
      says: 'traces/week.jsonl holds 100 of 200 runs, and 97 are declared as excluded: 1.5 % are not accounted for, limit 1 %',
    },
    {
      name: 'none are declared as excluded, and some are not there',
      ...over({ source: { total: 200, excluded: [] } }),
      limits,
      says: 'and 0 are declared as excluded: 50 % are not accounted for',
    },
    {
      name: 'more is declared as excluded than took place',
      ...over({ source: { sampling: 'head', total: 200, excluded: [{ reason: 'internal', runs: 150 }] } }),
      limits,
      says: '25 % are counted twice',
    },
    {
      name: 'more runs than took place',
      ...over({ source: { total: 99 } }),
      limits,
      says: 'holds 100 runs, and only 99 are declared to have taken place',
    },
    {
      name: 'a recording declared complete says that it was sampled',
      ...over({ read: { sampledSpans: 12 } }),
      limits,
      says: 'is declared complete (sampling: none), and 12 spans in it say that others were left out',
    },
    {
      name: 'a run began before the window in every time zone',
      ...over({ runs: started('2026-11-09T09:59:59.999Z', '2026-11-11T00:00:00Z') }),
      limits,
      says: 'began at 2026-11-09T09:59:59.999Z, outside the window in every time zone',
    },
    {
      name: 'a run began after the window in every time zone',
      ...over({ runs: started('2026-11-11T00:00:00Z', '2026-11-13T12:00:00Z') }),
      limits,
      says: 'began at 2026-11-13T12:00:00.000Z',
    },
    {
      name: 'a run lies outside, and another has no time',
      ...over({ runs: [...started('2026-11-14T00:00:00Z'), aRun({ startMs: undefined })] }),
      limits,
      says: 'outside the window',
    },
    {
      name: 'the window ends after the evaluation',
      ...over({ source: { window: ['2026-11-10', '2026-11-18'] } }),
      limits,
      says: 'begins after the evaluation at 2026-11-16T12:00:00.000Z',
    },
  ],
  inconclusive: [
    {
      name: 'sampling is unknown in production',
      ...over({ source: { sampling: 'unknown' } }),
      limits,
      says: 'how it was sampled is not declared: traces/week.jsonl',
    },
    {
      name: 'of how many a head sample was drawn is not declared',
      ...over({ source: { sampling: 'head' } }),
      limits,
      says: 'holds 100 runs of a head sample, of how many is not declared',
    },
    {
      name: 'of how many a tail sample was drawn is not declared, in any lane',
      ...over({ source: { sampling: 'tail' }, plan: early }),
      limits,
      says: '100 runs of a tail sample',
    },
    {
      name: 'why a tail sample left runs out is not declared',
      ...over({ source: { sampling: 'tail', total: 3_000 } }),
      limits,
      says: 'holds 100 of 3,000 runs, and why the others were left out is not declared',
    },
    {
      name: 'a complete recording lacks runs for no stated reason',
      ...over({ source: { total: 150 } }),
      limits,
      says: 'holds 100 of 150 runs, and why',
    },
    {
      name: 'the window of production traffic is not declared',
      ...over({ source: { window: undefined } }),
      limits,
      says: 'from when to when traces/week.jsonl was recorded is not declared',
    },
    {
      name: 'one run in the window has no time, as in a list of messages',
      ...over({ runs: [...started('2026-11-11T00:00:00Z'), aRun({ startMs: undefined })] }),
      limits,
      says: '1 of 2 runs in traces/week.jsonl (2026-11-10 to 2026-11-12) have no recorded start',
    },
    {
      name: 'the recording is damaged, which is no reason to say that runs are unaccounted for',
      ...over({ source: { total: 1_000, excluded: [] }, read: { problemCount: 1 } }),
      limits,
      says: 'not read completely: traces/week.jsonl (1 problem)',
    },
    {
      name: 'a declared source was not read',
      ...over({ plan: { sources: [complete, aSource({ recording: 'traces/b.jsonl', window: WINDOW })] } }),
      limits,
      says: '1 source not read',
    },
    {
      name: 'one day of production less than asked for',
      ...over(),
      limits: { unexplained: 0.01, days: 4 },
      says: 'production runs of 3 days, and 4 days are asked for',
    },
    {
      name: 'days of a test are no days of production',
      ...over({ source: { origin: 'staging', window: undefined } }),
      limits: { unexplained: 0.01, days: 1 },
      says: 'production runs of 0 days, and 1 day are asked for',
    },
  ],
});
