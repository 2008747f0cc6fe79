import { describe, expect, it } from 'vitest';
import type { Baseline } from '../../../src/contract/baseline.ts';
import type { Expectation } from '../../../src/contract/plan.ts';
import type { ModelCall, Run, Step } from '../../../src/contract/run.ts';
import { aContext, aModelCall, aPlan, aScenario, aToolCall, runs } from '../../../src/dev/testing/builders.ts';
import { testCheck } from '../../../src/dev/testing/check-tester.ts';
import { measured } from '../../../src/dev/testing/measured.ts';
import answers from '../measures/answers.ts';
import behaviours from '../measures/behaviours.ts';
import expectations from '../measures/expectations.ts';
import runDurations from '../measures/run-durations.ts';
import check from './behaviour-drift.ts';

const limits = { qualityDrop: 0.05, duration: 0.25, tokens: 0.25, tools: 0.2 };
const expected: Expectation = { type: 'text', assertion: 0, label: 'is-json' };
const plan = aPlan({ scenarios: [aScenario({ expect: [expected] })] });
const two = aPlan({
  scenarios: [
    aScenario({ share: 0.9, expect: [expected] }),
    aScenario({ id: 'escalate', share: 0.1, expect: [expected] }),
  ],
});
/** Answers are judged by another schema. */
const loosened = { ...plan, assertions: [{ type: 'is-json', schema: { type: 'object' } }] } as const;
const even = { ...two, scenarios: two.scenarios.map((scenario) => ({ ...scenario, share: 0.5 })) };
const in2 = (id: 'summarize' | 'escalate'): Partial<Run> => ({ scenario: { match: 'one', id } });

interface Release {
  readonly call?: (i: number) => Partial<ModelCall>;
  readonly tool?: (i: number) => string | undefined;
  readonly slower?: number;
  readonly run?: (i: number) => Partial<Run>;
}
/** Runs that call one tool and answer, some shorter and some longer. */
function release(
  n: number,
  { call = () => ({}), tool = () => 'get_case', slower = 1, run = () => ({}) }: Release = {},
): Run[] {
  return runs(n, (i) => {
    const asked = tool(i);
    const steps: Step[] = [
      ...(asked === undefined
        ? []
        : [aModelCall({ requestedTools: [asked], finish: ['tool_calls'] }), aToolCall({ tool: asked })]),
      aModelCall({ facts: '1', ...call(i) }),
    ];
    return { durationMs: (2_000 + (i % 40)) * slower, steps, ...run(i) };
  });
}
const seenIn = (some: readonly Run[], of = plan) => ({
  expectations: measured(expectations, some, of),
  answers: measured(answers, some, of),
  durations: measured(runDurations, some, of),
  behaviours: measured(behaviours, some, of),
});
const baselineOf = (some: readonly Run[], of = plan): Baseline => ({
  runId: 'base-1',
  evaluatedAt: '2026-11-01T00:00:00.000Z',
  artifactsDigest: `sha256:${'e'.repeat(64)}`,
  valueOf: (measure) => measured(measure, some, of),
});
const USUAL = baselineOf(release(200));
const context = { plan, baseline: USUAL };
const large = (input: number) => ({ usage: { ...aModelCall().usage, input } });

testCheck(check, {
  pass: [
    {
      name: 'the same behaviour in enough runs',
      seen: seenIn(release(200)),
      limits,
      context,
      says: 'baseline base-1 of 2026-11-01',
    },
    {
      name: 'every change is said',
      seen: seenIn(release(200, { slower: 1.2, call: () => large(1_100) })),
      limits,
      context,
      says: 'median run duration: at most 20.',
    },
    {
      name: 'better, faster and cheaper is no drift',
      seen: seenIn(release(200, { slower: 0.3, call: () => large(10) })),
      limits,
      context: { plan, baseline: baselineOf(release(200, { call: (i) => ({ facts: i % 4 === 0 ? '0' : '1' }) })) },
      says: 'limit 25 %',
    },
    {
      name: 'other served models are said',
      seen: seenIn(release(200, { call: () => ({ servedModel: 'claude-sonnet-4-6' }) })),
      limits,
      context,
      says: 'served in this release only: claude-sonnet-4-6 (200)',
    },
    {
      name: 'each scenario is compared with itself, in whatever mix',
      seen: seenIn(
        release(400, { run: (i) => (i < 200 ? in2('summarize') : { ...in2('escalate'), durationMs: 9_000 + i }) }),
        two,
      ),
      limits,
      context: {
        plan: two,
        baseline: baselineOf(
          release(400, { run: (i) => (i < 320 ? in2('summarize') : { ...in2('escalate'), durationMs: 9_000 + i }) }),
          two,
        ),
      },
      says: 'median run duration',
    },
    {
      name: 'a workload without tools in fewer runs',
      seen: seenIn(release(65, { tool: () => undefined })),
      limits,
      context: {
        plan: { ...plan, tools: 'none' },
        baseline: baselineOf(release(65, { tool: () => undefined })),
      },
      says: 'runs that show all that was expected: at most 4.',
    },
    {
      name: 'runs with an answer from a store are not timed',
      seen: seenIn(
        release(240, {
          call: (i) => ({ isReplayed: i >= 200 }),
          run: (i) => (i < 200 ? {} : { durationMs: 99_000 + i }),
        }),
      ),
      limits,
      context,
      says: 'not timed: 40 runs of both releases with an answer from a store',
    },
    {
      name: 'a scenario that is new is said',
      seen: seenIn(release(400, { run: (i) => in2(i < 320 ? 'summarize' : 'escalate') }), two),
      limits,
      context: { plan: two, baseline: baselineOf(release(320), two) },
      says: 'not compared, without runs in the baseline: escalate',
    },
  ],
  fail: [
    {
      name: 'expectations are met less often',
      seen: seenIn(release(200, { call: (i) => ({ facts: i % 5 === 0 ? '0' : '1' }) })),
      limits,
      context,
      says: 'runs that show all that was expected: at least 15.',
    },
    {
      name: 'answers are cut off',
      seen: seenIn(release(200, { call: (i) => ({ finish: [i % 5 === 0 ? 'length' : 'stop'] }) })),
      limits,
      context,
      says: 'complete answers: at least 15.',
    },
    {
      name: 'runs take longer',
      seen: seenIn(release(200, { slower: 1.3 })),
      limits,
      context,
      says: 'median run duration: at least 29.',
    },
    {
      name: 'runs use more tokens',
      seen: seenIn(release(200, { call: () => large(2_000) })),
      limits,
      context,
      says: 'median tokens of a run: at least 4',
    },
    {
      name: 'another tool is called',
      seen: seenIn(release(200, { tool: (i) => (i % 2 === 0 ? 'get_case' : 'search_web') })),
      limits,
      context,
      says: 'tool calls: at least',
    },
    {
      name: 'a scenario that both ran counts fully beside a new one',
      seen: seenIn(release(400, { slower: 1.3, run: (i) => in2(i % 2 === 0 ? 'summarize' : 'escalate') }), even),
      limits,
      context: { plan: even, baseline: baselineOf(release(200), even) },
      says: 'median run duration: at least 2',
    },
    {
      name: 'tools are no longer called',
      seen: seenIn(release(200, { tool: (i) => (i % 2 === 0 ? 'get_case' : undefined) })),
      limits,
      context,
      says: 'tool calls: at least',
    },
  ],
  inconclusive: [
    {
      name: 'the same behaviour in few runs',
      seen: seenIn(release(30)),
      limits,
      context,
      says: 'limit',
    },
    {
      name: 'declared tools that neither release called, in few runs',
      seen: seenIn(release(65, { tool: () => undefined })),
      limits,
      context: { plan, baseline: baselineOf(release(65, { tool: () => undefined })) },
      says: 'tool calls: at most',
    },
    {
      name: 'a change near its limit',
      seen: seenIn(release(200, { call: (i) => ({ facts: i % 25 === 0 ? '0' : '1' }) })),
      limits,
      context,
      says: 'runs that show all that was expected: at most 7.',
    },
    {
      name: 'no baseline can be read',
      seen: seenIn(release(200)),
      limits,
      context: { plan },
      says: 'the baseline does not hold what is compared',
    },
    {
      name: 'the baseline lacks a measure',
      seen: seenIn(release(200)),
      limits,
      context: { plan, baseline: { ...USUAL, valueOf: () => undefined } },
      says: 'the baseline does not hold what is compared',
    },
    {
      name: 'no scenario in common',
      seen: seenIn(release(200, { run: () => in2('escalate') }), two),
      limits,
      context: { plan: two, baseline: baselineOf(release(200), two) },
      says: 'no scenario was run both in the baseline and in this release',
    },
    {
      name: 'a scenario of the baseline has no run',
      seen: seenIn(release(320), two),
      limits,
      context: {
        plan: two,
        baseline: baselineOf(release(400, { run: (i) => in2(i < 320 ? 'summarize' : 'escalate') }), two),
      },
      says: 'not compared, without runs now: escalate',
    },
    {
      name: 'placeholder times in the baseline',
      seen: seenIn(release(200)),
      limits,
      context: { plan, baseline: baselineOf(release(200, { run: () => ({ durationMs: 2_000 }) })) },
      says: 'median run duration: all durations are equal: placeholder times',
    },
    {
      name: 'no duration is recorded',
      seen: seenIn(release(200, { run: () => ({ durationMs: undefined }) })),
      limits,
      context,
      says: 'median run duration: not known for 200 of 400 runs of both releases',
    },
    {
      name: 'no tokens are recorded',
      seen: seenIn(release(200, { call: () => ({ usage: { ...aModelCall().usage, output: undefined } }) })),
      limits,
      context,
      says: 'median tokens of a run: not known for 200 of 400 runs of both releases',
    },
    {
      name: 'tokens of one release are estimated',
      seen: seenIn(release(200, { call: () => ({ usageSource: 'estimated' }) })),
      limits,
      context,
      says: 'only the tokens of this release are estimated',
    },
    {
      name: 'a tool call without a name',
      seen: seenIn(
        release(200, {
          run: (i) => (i === 0 ? { steps: [aToolCall({ tool: undefined }), aModelCall({ facts: '1' })] } : {}),
        }),
      ),
      limits,
      context,
      says: 'tool calls: not known for 1 of 400 runs of both releases',
    },
    {
      name: 'nothing is expected',
      seen: seenIn(release(200), aPlan()),
      limits,
      context: { plan: aPlan(), baseline: baselineOf(release(200), aPlan()) },
      says: 'runs that show all that was expected: at most 100 % of runs fewer',
    },
    {
      name: 'other things are expected',
      seen: seenIn(release(200)),
      limits,
      context: { plan, baseline: baselineOf(release(200), aPlan()) },
      says: 'other expectations than in the baseline: summarize',
    },
    {
      name: 'as many things are expected, and one of them differs',
      seen: seenIn(release(200), loosened),
      limits,
      context: { plan: loosened, baseline: USUAL },
      says: 'other expectations than in the baseline: summarize',
    },
  ],
});

describe('reliability/behaviour-drift', () => {
  const judge = (some: readonly Run[], of = context) => check.evaluate(seenIn(some, of.plan), limits, aContext(of));

  it('shows the bound that decided, the estimate beside it, and the runs of this release', () => {
    const result = judge(release(200, { slower: 1.3 }));
    expect(result).toMatchObject({ limitName: 'duration', limit: { value: 0.25, unit: 'ratio' }, n: 200 });
    expect(result.estimate?.value).toBeCloseTo(0.3, 2);
    expect(result.measured?.value).toBeGreaterThan(0.25);
    expect(result.evidence).toHaveLength(5);
  });

  it('says all five changes, whichever decides', () => {
    const { message } = judge(release(200));
    for (const subject of [
      'all that was expected',
      'complete answers',
      'run duration',
      'tokens of a run',
      'tool calls',
    ]) {
      expect(message).toContain(subject);
    }
  });

  it('takes requests that nothing answers for no failures of a baseline that records no tool calls', () => {
    const requested = aModelCall({ requestedTools: ['get_case'], finish: ['tool_calls'], text: '' });
    const unanswered = release(200, { tool: () => undefined, run: (i) => (i % 5 === 0 ? { steps: [requested] } : {}) });
    const { message } = judge(release(200), { plan, baseline: baselineOf(unanswered) });
    expect(message).toMatch(/complete answers: at most [\d.]+ % of runs fewer \(estimate 0 %\)/);
  });

  it('asks for as many runs as bring the bound down, or says what else is missing', () => {
    expect(judge(release(30))).toMatchObject({
      missing: {
        input: 'more runs of this release and of the baseline',
        remedy: expect.stringMatching(/at least \d+ runs/),
      },
    });
    const noTimes = judge(release(200, { run: () => ({ durationMs: undefined }) }));
    expect(noTimes).toMatchObject({ missing: { input: 'start and end times' } });
    const silent = { plan: aPlan(), baseline: baselineOf(release(200), aPlan()) };
    expect(judge(release(200), silent)).toMatchObject({ missing: { input: 'expectations of scenarios' } });
  });
});
