import type { Expectation, Plan } from '../../../src/contract/plan.ts';
import type { ModelCall, Run } from '../../../src/contract/run.ts';
import { aModelCall, aPlan, aRef, aRun, aScenario } from '../../../src/dev/testing/builders.ts';
import { testCheck } from '../../../src/dev/testing/check-tester.ts';
import { measured } from '../../../src/dev/testing/measured.ts';
import pathOutcomes from '../measures/path-outcomes.ts';
import check from './substitution.ts';

const limits = { quality: 0.1, tools: 0.2, length: undefined, latency: undefined, cost: undefined };
const text = (assertion: number): Expectation => ({ type: 'text', assertion, label: 'text' });
const plan: Plan = aPlan({
  assertions: [
    { type: 'contains', value: 'x' },
    { type: 'is-json', schema: undefined },
  ],
  scenarios: [aScenario({ expect: [text(0), text(1)] })],
});
const two: Plan = {
  ...plan,
  scenarios: [
    aScenario({ share: 0.7, expect: [text(0)] }),
    aScenario({ id: 'escalate', share: 0.3, expect: [text(0)] }),
  ],
};
let line = 0;
/** `n` runs with one good answer each, unless changed. */
const times = (n: number, call: Partial<ModelCall> = {}, scenario = 'summarize'): Run[] =>
  Array.from({ length: n }, () => {
    line += 2;
    const steps = [aModelCall({ ref: aRef(line + 1), facts: '11', ...call })];
    return aRun({ ref: aRef(line), scenario: { match: 'one', id: scenario }, steps });
  });
const onFallback = (n: number, call: Partial<ModelCall> = {}, scenario?: string) =>
  times(n, { route: 'fallback/0', ...call }, scenario);
const over = (runs: readonly Run[], declared = plan) => ({
  seen: { outcomes: measured(pathOutcomes, runs, declared) },
  context: { plan: declared },
});
const bad: Partial<ModelCall> = { facts: '01' };

testCheck(check, {
  pass: [
    {
      name: 'the fewest runs that can show it',
      ...over([...times(100), ...onFallback(29)]),
      limits,
      says: 'models.fallback[0] (gpt-4.1) in 29 runs: runs that show all that is expected: at most 9.8',
    },
    {
      name: 'a fallback that is better',
      ...over([...times(60), ...times(40, bad), ...onFallback(60)]),
      limits,
      says: 'fewer (estimate -40 %), limit 10 %',
    },
    {
      name: 'a wide margin, and sizes without a limit are said',
      ...over([...times(100), ...onFallback(20, { durationMs: 2_400, costNanoUsd: 3_000_000 })]),
      limits: { ...limits, quality: 0.2 },
      says: 'median time of the model calls of a run: 100 % longer by estimate; median cost of the model calls of a run: -50 % dearer by estimate',
    },
    {
      name: 'both ask for the same tools',
      ...over([...times(100, { requestedTools: ['get_case'] }), ...onFallback(40, { requestedTools: ['get_case'] })]),
      limits,
      says: 'limit 10 %',
    },
    {
      name: 'time, length and cost within their limits',
      ...over([...times(100), ...onFallback(40, { durationMs: 1_300 })]),
      limits: { ...limits, latency: 0.2, length: 0.1, cost: 0.1 },
      says: 'median time of the model calls of a run: at most 8.',
    },
    {
      name: 'runs that several models answered are not compared',
      ...over([...times(100), ...onFallback(40), aRun({ steps: [aModelCall(), aModelCall({ route: 'fallback/0' })] })]),
      limits,
      says: '; 1 run that no declared model answered alone not compared',
    },
    {
      name: 'every scenario, weighted by its traffic',
      ...over(
        [...times(100), ...onFallback(40), ...times(100, {}, 'escalate'), ...onFallback(40, {}, 'escalate')],
        two,
      ),
      limits,
      says: 'in 80 runs',
    },
  ],
  fail: [
    {
      name: 'a fallback that shows far less of what is expected',
      ...over([...times(100), ...onFallback(30), ...onFallback(30, bad)]),
      limits,
      says: 'runs that show all that is expected: at least',
    },
    {
      name: 'answers in another structure',
      ...over([...times(100), ...onFallback(40, { facts: '10' })]),
      limits,
      says: 'answers in the expected structure: at least',
    },
    {
      name: 'refusals and answers that are cut off',
      ...over([...times(100), ...onFallback(20, { finish: ['refusal'] }), ...onFallback(20, { finish: ['length'] })]),
      limits,
      says: 'answers that are neither refused nor cut off: at least',
    },
    {
      name: 'a fallback that was tried and answered nobody',
      ...over([...times(100), ...onFallback(40, { error: '400', facts: undefined, requestedTools: undefined })]),
      limits,
      says: 'answers that are neither refused nor cut off: at least',
    },
    {
      name: 'a tool that the fallback never asks for',
      ...over([...times(100, { requestedTools: ['get_case'] }), ...onFallback(60)]),
      limits,
      says: 'runs that ask for get_case: at least',
    },
    {
      name: 'a tool that only the fallback asks for',
      ...over([...times(100), ...onFallback(60, { requestedTools: ['create_case_note'] })]),
      limits,
      says: 'runs that ask for create_case_note: at least',
    },
    {
      name: 'slower than the limit',
      ...over([...times(100), ...onFallback(60, { durationMs: 2_400 })]),
      limits: { ...limits, latency: 0.5 },
      says: 'median time of the model calls of a run: at least',
    },
    {
      name: 'answers half as long',
      ...over([...times(100), ...onFallback(60, { usage: { ...aModelCall().usage, output: 100 } })]),
      limits: { ...limits, length: 0.5 },
      says: 'median output tokens of a run of the primary against those of the fallback: at least',
    },
    {
      name: 'a difference in one scenario that the other hides in the sum of runs',
      ...over(
        [...times(200), ...onFallback(10, bad), ...times(10, bad, 'escalate'), ...onFallback(200, {}, 'escalate')],
        two,
      ),
      limits,
      says: 'runs that show all that is expected: at least',
    },
  ],
  inconclusive: [
    {
      name: 'one run less than can show it',
      ...over([...times(100), ...onFallback(28)]),
      limits,
      says: 'runs that show all that is expected: at most 10.1',
    },
    {
      name: 'no run on the fallback',
      ...over(times(100)),
      limits,
      says: 'models.fallback[0] (gpt-4.1): no scenario was answered by it alone and by the primary alone',
    },
    {
      name: 'no run on the primary',
      ...over(onFallback(100)),
      limits,
      says: 'no scenario was answered by it alone and by the primary alone',
    },
    {
      name: 'a scenario without a run on the fallback',
      ...over([...times(100), ...onFallback(40), ...times(100, {}, 'escalate')], two),
      limits,
      says: '; not compared: escalate',
    },
    {
      name: 'nothing is expected of a scenario',
      ...over([...times(100), ...onFallback(60)], { ...plan, scenarios: [aScenario()] }),
      limits,
      says: 'not known for 160 of 160 runs on both paths',
    },
    {
      name: 'answers of the fallback whose content is not recorded',
      ...over([...times(100), ...onFallback(30), ...onFallback(10, { facts: undefined, requestedTools: undefined })]),
      limits,
      says: 'not known for 10 of 140 runs on both paths',
    },
    {
      name: 'finish reasons that are not recorded',
      ...over([...times(100), ...onFallback(60, { finish: undefined })]),
      limits,
      says: 'answers that are neither refused nor cut off: at most 100 % fewer',
    },
    {
      name: 'too few runs for a bound of a median',
      ...over([...times(100), ...onFallback(4)]),
      limits: { ...limits, quality: 1, tools: 1, cost: 0.1 },
      says: 'median cost of the model calls of a run: too few runs for a bound',
    },
    {
      name: 'a run without a recorded call may have been one of the fallback',
      ...over([...times(100), ...onFallback(40), aRun({ ref: aRef(9_001), steps: [] })]),
      limits,
      says: '; 1 run without a recorded model call',
    },
    {
      name: 'one of two fallbacks was never used',
      ...over([...times(100), ...onFallback(60)], {
        ...plan,
        models: { ...plan.models, fallback: [...plan.models.fallback, plan.models.primary] },
      }),
      limits,
      says: 'models.fallback[1] (claude-sonnet-4-5): no scenario was answered by it alone',
    },
  ],
});
