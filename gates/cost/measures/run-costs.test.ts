import { aModelCall, aRef, aRun, aToolCall, runs } from '../../../src/dev/testing/builders.ts';
import { testMeasure } from '../../../src/dev/testing/measure-tester.ts';
import runCosts from './run-costs.ts';

const priced = (costNanoUsd: number, line = 2) => aModelCall({ costNanoUsd, ref: aRef(line) });
const unpriced = (reason: 'no-usage' | 'unknown-model', line = 2) =>
  aModelCall({ costNanoUsd: undefined, unpriced: reason, ref: aRef(line) });
const known = { runsWithoutCalls: 0, unpriced: {} };

testMeasure(runCosts, [
  {
    name: 'every model call of a run, failed attempts included, and no tool call',
    runs: [aRun({ steps: [priced(5), aToolCall(), aModelCall({ costNanoUsd: 7, error: '500' })] })],
    value: { scenarios: { summarize: { runs: 1, sum: 12n, squares: 144n, max: 12n, ...known } } },
  },
  {
    name: 'scenarios apart, and no run that matches none or several',
    runs: [
      ...runs(3, (i) => ({ steps: [priced(i + 1)] })),
      ...runs(2, () => ({ scenario: { match: 'one', id: 'escalate' }, steps: [priced(10)] })),
      aRun({ scenario: { match: 'none' } }),
      aRun({ scenario: { match: 'several', ids: ['summarize', 'escalate'] } }),
    ],
    value: {
      scenarios: {
        summarize: { runs: 3, sum: 6n, squares: 14n, max: 3n, ...known },
        escalate: { runs: 2, sum: 20n, squares: 200n, max: 10n, ...known },
      },
    },
  },
  {
    name: 'the known part of runs with unpriced calls, and what they lack',
    runs: [
      aRun({ steps: [priced(5), unpriced('no-usage', 7), unpriced('no-usage', 8)] }),
      aRun({ steps: [unpriced('unknown-model', 9)] }),
    ],
    value: {
      scenarios: {
        summarize: {
          runs: 2,
          sum: 5n,
          squares: 25n,
          max: 5n,
          runsWithoutCalls: 0,
          unpriced: { 'no-usage': 2, 'unknown-model': 1 },
        },
      },
      unknownAt: [7, 8, 9].map((line) => ({ value: 1, ref: aRef(line) })),
    },
  },
  {
    name: 'a run without model calls as one whose cost was not seen',
    runs: [aRun({ steps: [] }), aRun({ steps: [aToolCall()], ref: aRef(5) })],
    value: { scenarios: { summarize: { runs: 2, sum: 0n, squares: 0n, max: 0n, runsWithoutCalls: 2, unpriced: {} } } },
  },
  {
    name: 'costs beyond exact floats without losing a nano-dollar',
    runs: runs(3, () => ({ steps: [priced(Number.MAX_SAFE_INTEGER), priced(1), priced(1)] })),
    value: {
      scenarios: {
        summarize: {
          runs: 3,
          sum: 3n * (2n ** 53n + 1n),
          squares: 3n * (2n ** 53n + 1n) ** 2n,
          max: 2n ** 53n + 1n,
          ...known,
        },
      },
    },
  },
  {
    name: 'the five dearest runs',
    runs: runs(9, (i) => ({ steps: [priced(i)] })),
    value: { dearest: [8, 7, 6, 5, 4].map((i) => ({ value: i, ref: aRef(i + 1, { run: `r${i}` }) })) },
  },
  { name: 'nothing in runs of no scenario', runs: [aRun({ scenario: { match: 'none' } })], value: undefined },
]);
