import { type CheckResult, DRILL_KINDS, defineCheck } from '../../../src/contract/check.ts';
import { runsOfEachFault } from '../../../src/contract/statistics/drill-cells.ts';
import { drillDemand } from '../../../src/contract/statistics/drill-demand.ts';
import { accepting, judgeDrills } from '../../../src/contract/statistics/drill-verdict.ts';
import { GOES_ON } from '../good-endings.ts';

const FAULTS = ['header-stall', 'slow-ttfb', 'stream-stall', 'stream-stall-keepalive', 'slow-drip'];

export default defineCheck({
  meta: {
    id: 'fallback/stall',
    title: 'The process goes on when an answer stalls or drips',
    severity: 'blocker',
    why: 'Client libraries wait minutes for headers and for ever in a stream that stays open: a stalled provider holds every worker, and no error ever starts the fallback.',
    remediation: [
      'Set a deadline of your own over each call, retries and stream included.',
      'Watch the time between parts of the content, not between bytes: keep-alive comments and pings must not reset it.',
      'When the deadline passes, close the request and switch, degrade or hand over.',
      'Run the drills again on the changed release.',
    ],
    controls: ['NIST-AI-RMF:MEASURE-2.6', 'NIST-AI-RMF:MANAGE-2.4', 'EU-AI-ACT:15(4)', 'DORA:11(6)(a)', 'SOC2:A1.3'],
    kinds: DRILL_KINDS,
    subject: 'drills',
    since: '2026-11-25',
  },
  needs: {},
  limits: { runs: runsOfEachFault() },
  drills: true,
  samples: ({ runs }, plan) => drillDemand(FAULTS, runs, plan),
  evaluate(_seen, { runs }, context): CheckResult {
    return judgeDrills({ accepts: accepting(FAULTS, GOES_ON), runs }, context);
  },
});
