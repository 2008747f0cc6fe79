import { anApproval, aRef, aRun, runs } from '../../../src/dev/testing/builders.ts';
import { testMeasure } from '../../../src/dev/testing/measure-tester.ts';
import measure from './human-decisions.ts';

testMeasure(measure, [
  {
    name: 'decisions with their times over many runs',
    runs: runs(30, (i) => ({ steps: [anApproval({ durationMs: 1_000.4 + i, ref: aRef(100 + i) })] })),
    value: { runs: 30, decisions: 30, approved: 30, took: { count: 30, min: 1_000, max: 1_029 } },
  },
  {
    name: 'refusals count, policies and nobody do not',
    runs: [
      aRun({
        steps: [
          anApproval({ decision: 'reject' }),
          anApproval({ by: 'policy', ref: aRef(7) }),
          anApproval({ by: 'none', ref: aRef(8) }),
          anApproval({ by: undefined, ref: aRef(9) }),
        ],
      }),
    ],
    value: { decisions: 1, approved: 0, took: { count: 0 } },
  },
]);
