import { EVIDENCE_KINDS } from '../../../src/contract/evidence.ts';
import { aRef, runs } from '../../../src/dev/testing/builders.ts';
import { testMeasure } from '../../../src/dev/testing/measure-tester.ts';
import measure from './run-kinds.ts';

testMeasure(measure, [
  {
    name: 'every kind',
    runs: runs(24, (i) => ({ ref: aRef(i), kind: EVIDENCE_KINDS[i % 6] ?? 'recorded' })),
    value: {
      runs: { declared: 4, inspected: 4, recorded: 4, replayed: 4, simulated: 4, live: 4 },
      unobservedAt: [0, 1, 3, 4, 6].map((i) => ({ value: 1, ref: aRef(i) })),
    },
  },
  {
    name: 'observed runs only',
    runs: runs(5, (i) => ({ kind: i % 2 ? 'live' : 'recorded' })),
    value: { runs: { recorded: 3, live: 2 }, unobservedAt: [] },
  },
]);
