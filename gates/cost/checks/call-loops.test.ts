import type { Step } from '../../../src/contract/run.ts';
import { aModelCall, aPlan, aScenario, aToolCall, runs } from '../../../src/dev/testing/builders.ts';
import { testCheck } from '../../../src/dev/testing/check-tester.ts';
import { measured } from '../../../src/dev/testing/measured.ts';
import callLoops from '../measures/call-loops.ts';
import check from './call-loops.ts';

const limits = { rate: 0.98 };
const call = (tool: string, args: string | undefined = '1') => aToolCall({ tool, args });
const loop = [call('search'), call('search'), call('search')];
const cycle = [call('a'), call('b'), call('a'), call('b'), call('a'), call('b')];
const capped = aPlan({ caps: { ...aPlan().caps, modelCalls: 2 } });
const two = aPlan({ scenarios: [aScenario({ share: 0.5 }), aScenario({ id: 'escalate', share: 0.5 })] });
const seenOf = (n: number, steps: (index: number) => Step[] | undefined, plan = aPlan()) => ({
  loops: measured(
    callLoops,
    runs(n, (i) => ({ steps: steps(i) ?? [aModelCall(), call('search')] })),
    plan,
  ),
});

testCheck(check, {
  pass: [
    {
      name: 'as many runs without a loop as prove the rate',
      seen: seenOf(149, () => undefined),
      limits,
      says: '149 of 149 runs have no loop: proves at least 98.01 %',
    },
    {
      name: 'one loop in very many runs',
      seen: seenOf(300, (i) => (i === 0 ? loop : undefined)),
      limits,
      says: '; one call repeated in 1 run; tools: search (1)',
    },
  ],
  fail: [
    {
      name: 'significantly more loops than the rate allows',
      seen: seenOf(100, (i) => (i < 8 ? loop : i < 10 ? cycle : undefined)),
      limits,
      says: '90 of 100 runs have no loop: at most',
    },
    {
      name: 'cycles and their tools',
      seen: seenOf(100, (i) => (i < 10 ? cycle : undefined)),
      limits,
      says: '; a cycle of calls repeated in 10 runs; tools: b (10)',
    },
    {
      name: 'runs above a declared cap, without any repetition',
      seen: seenOf(100, (i) => (i < 10 ? [aModelCall(), aModelCall(), aModelCall()] : undefined), capped),
      limits,
      context: { plan: capped },
      says: '; 10 runs above caps.modelCalls of 2',
    },
  ],
  inconclusive: [
    {
      name: 'one run fewer than proves the rate',
      seen: seenOf(148, () => undefined),
      limits,
      says: '149 runs without a failure would prove it',
    },
    {
      name: 'a loop in as few runs as would prove the rate without one',
      seen: seenOf(149, (i) => (i === 0 ? loop : undefined)),
      limits,
      says: '148 of 149 runs have no loop',
    },
    {
      name: 'repeated calls whose arguments nobody recorded',
      seen: seenOf(300, (i) => (i === 0 ? [1, 2, 3].map(() => aToolCall({ args: undefined })) : undefined)),
      limits,
      says: 'repeated tool calls without recorded arguments, or no record of calls at all, for 1 of 300 runs',
    },
    {
      name: 'a scenario without a run',
      seen: seenOf(300, () => undefined),
      limits,
      context: { plan: two },
      says: 'no run of scenario escalate',
    },
  ],
});
