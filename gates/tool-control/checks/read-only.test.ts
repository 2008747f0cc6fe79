import { testProbeCheck } from '../../../src/dev/testing/probes.ts';
import check from './read-only.ts';

testProbeCheck(check, {
  kind: 'read-only',
  held: { tool: 'refund' },
  gaveIn: {
    run: { tool: 'refund', calls: 1 },
    says: 'wrote in the mode that only reads: refund in scenario summarize, 1 call',
  },
  none: 'wrote in the mode that only reads',
});
