import { aModelCall, aRef, aRun, runs } from '../../../src/dev/testing/builders.ts';
import { testMeasure } from '../../../src/dev/testing/measure-tester.ts';
import measure from './audit-trails.ts';

const complete = { principal: 'svc-fraud', artifactsDigest: 'sha256:1' };
const silent = aModelCall({ facts: undefined, requestedTools: undefined });

testMeasure(measure, [
  {
    name: 'complete runs, and some that lack one part or two',
    runs: runs(12, (i) => ({
      ...complete,
      ref: aRef(i),
      ...(i % 3 === 1 ? { principal: undefined } : {}),
      ...(i % 3 === 2 ? { artifactsDigest: undefined, outcome: undefined, hasRoot: false } : {}),
    })),
    value: {
      tallies: {
        summarize: {
          good: 4,
          bad: 8,
          unknown: 0,
          badAt: [1, 2, 4, 5, 7].map((i) => ({ value: 1, ref: aRef(i) })),
        },
      },
      lacking: { who: 4, version: 4, context: 0, decision: 0, approval: 0, outcome: 4 },
    },
  },
  {
    name: 'a run of a form that keeps no content',
    runs: [aRun({ steps: [silent] })],
    value: { tallies: { summarize: { good: 0, bad: 1 } }, lacking: { who: 1, version: 1, decision: 1 } },
  },
  { name: 'a run of no scenario', runs: [aRun({ scenario: { match: 'none' } })], value: undefined },
]);
