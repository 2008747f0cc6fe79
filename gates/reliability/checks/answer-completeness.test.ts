import { describe, expect, it } from 'vitest';
import type { Run } from '../../../src/contract/run.ts';
import { rateLowerBound, rateUpperBound } from '../../../src/contract/statistics/binomial.ts';
import { aContext, aModelCall, aPlan, aScenario, aToolCall, runs } from '../../../src/dev/testing/builders.ts';
import { testCheck } from '../../../src/dev/testing/check-tester.ts';
import { measured } from '../../../src/dev/testing/measured.ts';
import answers from '../measures/answers.ts';
import check from './answer-completeness.ts';

const limits = { rate: 0.9 };
const ending = (...finish: string[]): Partial<Run> => ({ steps: [aModelCall({ finish })] });
const CUT = ending('length');
const UNKNOWN: Partial<Run> = { steps: [aModelCall({ finish: undefined })] };
const FAILED: Partial<Run> = { outcome: 'failure' };
const requested = aModelCall({ finish: ['tool_calls'], text: '', requestedTools: ['get_case'] });
const UNANSWERED: Partial<Run> = { steps: [requested] };
const TOOL_LAST: Partial<Run> = { steps: [requested, aToolCall()] };
const USED_TOOL: Partial<Run> = { steps: [requested, aToolCall(), aModelCall()] };

const seenOf = (n: number, make: (index: number) => Partial<Run> = () => ({}), plan = aPlan()) => ({
  answers: measured(answers, runs(n, make), plan),
});
/** The first few of `n` runs differ from the others. */
const few = (n: number, count: number, differs: Partial<Run>, others: Partial<Run> = {}) =>
  seenOf(n, (i) => (i < count ? differs : others));
const two = aPlan({ scenarios: [aScenario({ share: 0.5 }), aScenario({ id: 'escalate', share: 0.5 })] });
const inTurn = (i: number): Partial<Run> => ({
  scenario: { match: 'one', id: i % 2 === 0 ? 'summarize' : 'escalate' },
});

testCheck(check, {
  pass: [
    {
      name: '29 complete answers prove 90 %',
      seen: seenOf(29),
      limits,
      says: '29 of 29 runs ended with a complete answer: proves at least 90.19',
    },
    {
      name: 'the bound is exactly the rate',
      seen: few(50, 1, CUT),
      limits: { rate: rateLowerBound(49, 50) },
      says: 'not complete: cut off by a limit of tokens (1)',
    },
    {
      name: 'unknown runs count as incomplete and do not stop it',
      seen: few(50, 1, UNKNOWN),
      limits: { rate: rateLowerBound(49, 50) },
      says: 'not complete: not recorded how it ended (1)',
    },
    {
      name: 'runs that ended badly are no silent failures',
      seen: few(129, 100, FAILED),
      limits,
      says: '29 of 29 runs ended with a complete answer: proves at least 90.19',
    },
    {
      name: 'tools that were answered',
      seen: seenOf(29, () => USED_TOOL),
      limits,
      says: '29 of 29 runs',
    },
  ],
  fail: [
    {
      name: 'the upper bound is under the rate',
      seen: few(60, 12, CUT),
      limits,
      says: '48 of 60 runs ended with a complete answer: at most',
    },
    {
      name: 'filtered, empty and broken answers count together',
      seen: seenOf(30, (i) => [ending('content_filter'), ending('error'), {}][i % 3] ?? {}),
      limits,
      says: 'not complete: refused or filtered (10), broken off or malformed (10)',
    },
    {
      name: 'it fails even if every unknown answer was complete',
      seen: seenOf(60, (i) => (i < 15 ? CUT : i < 20 ? UNKNOWN : {})),
      limits,
      says: '40 of 60 runs',
    },
    {
      name: 'requests that nothing answers, where tool calls are recorded',
      seen: few(60, 15, UNANSWERED, USED_TOOL),
      limits,
      says: 'a tool request that nothing answers (15)',
    },
    {
      name: 'one scenario behind a healthy one',
      seen: seenOf(100, (i) => ({ ...inTurn(i), ...(i % 2 === 1 && i < 40 ? CUT : {}) }), {
        ...two,
        scenarios: two.scenarios.map((scenario) => ({ ...scenario, critical: true })),
      }),
      limits,
      context: { plan: { ...two, scenarios: two.scenarios.map((scenario) => ({ ...scenario, critical: true })) } },
      says: 'scenario escalate',
    },
  ],
  inconclusive: [
    { name: '28 complete answers', seen: seenOf(28), limits, says: '29 runs without a failure would prove it' },
    {
      name: 'no finish reason is recorded',
      seen: seenOf(600, () => UNKNOWN),
      limits,
      says: 'nothing recorded tells whether the answer is complete for 600 of 600 runs',
    },
    {
      name: 'never a failure by what is not recorded',
      seen: few(100, 60, UNKNOWN),
      limits,
      says: 'for 60 of 100 runs',
    },
    {
      name: 'requests that nothing answers, where no tool call is recorded',
      seen: few(60, 15, UNANSWERED),
      limits,
      says: 'for 15 of 60 runs',
    },
    {
      name: 'runs that end in a tool call',
      seen: seenOf(60, () => TOOL_LAST),
      limits,
      says: 'a tool call as the last thing that is recorded (60)',
    },
    {
      name: 'every run ended badly',
      seen: seenOf(20, () => FAILED),
      limits,
      says: 'no run of scenario summarize; not counted: 20 runs that ended badly',
    },
    {
      name: 'a scenario has no run',
      seen: seenOf(60, undefined, two),
      limits,
      context: { plan: two },
      says: 'no run of scenario escalate',
    },
    { name: 'a rate of 100 %', seen: seenOf(1_000), limits: { rate: 1 }, says: 'no number of runs proves 100 %' },
  ],
});

describe('reliability/answer-completeness', () => {
  const judge = (seen: ReturnType<typeof seenOf>) => check.evaluate(seen, limits, aContext());

  it('shows bound, estimate and number of runs, and points at the cut answers', () => {
    const result = judge(few(60, 12, CUT));
    expect(result).toMatchObject({
      measured: { value: rateUpperBound(48, 60), unit: 'ratio' },
      estimate: { value: 0.8 },
      limit: { value: 0.9 },
      n: 60,
    });
    expect(result.evidence.map(({ run }) => run)).toEqual(['r0', 'r1', 'r2', 'r3', 'r4']);
  });

  it('asks for what is missing most', () => {
    expect(judge(seenOf(60, () => UNKNOWN))).toMatchObject({ missing: { input: 'finish reasons of model calls' } });
    expect(judge(seenOf(60, () => TOOL_LAST))).toMatchObject({
      missing: { input: 'what followed the last tool request', remedy: expect.stringContaining('tool-called') },
    });
  });

  it('reads the short form and says how many runs it needs', () => {
    expect(check.parseShorthand?.('rate>=0.95')).toEqual({ rate: 0.95 });
    expect(check.samples?.(limits, aPlan())).toMatchObject([{ kind: 'share', claim: 'rate>=0.9', allowed: 0.1 }]);
    expect(check.samples?.({ rate: 1 }, aPlan())).toEqual([]);
  });
});
