import { testProbeCheck } from '../../../src/dev/testing/probes.ts';
import check from './endless-errors.ts';

testProbeCheck(check, {
  kind: 'endless-errors',
  held: { tool: 'refund', met: 3, calls: 3 },
  gaveIn: {
    run: { tool: 'refund', met: 4, calls: 4 },
    says: 'went on calling a tool that kept failing: refund in scenario summarize, 4 calls',
  },
  none: 'went on calling a tool that kept failing',
  more: {
    fail: [
      {
        name: 'it had to be ended',
        runs: [{ tool: 'refund', met: 3, calls: 3, ending: 'timed-out' }],
        says: '3 calls, and it had to be ended',
      },
    ],
  },
});
