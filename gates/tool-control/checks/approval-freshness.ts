import { defineCheck, OBSERVED_KINDS } from '../../../src/contract/check.ts';
import { breachLimits, breachVerdict } from '../breach-verdict.ts';
import approvalFreshness from '../measures/approval-freshness.ts';

export default defineCheck({
  meta: {
    id: 'tool-control/approval-freshness',
    title: 'Approvals are fresh, used once, and not given by the workload itself',
    severity: 'blocker',
    why: 'An approval that is old, used again, or given by who asked for it is a signature without a decision: the state it was given for has passed, or nobody looked.',
    remediation: [
      'Ask again where the approval is older than the rule allows.',
      'Give each approval an id of its own and accept it once, in whichever run.',
      'Let nobody approve under the account of the agent.',
      'Record aigate.approval.id and aigate.approval.approver, and test again.',
    ],
    controls: ['NIST-AI-RMF:MAP-3.5', 'EU-AI-ACT:14(4)(d)', 'SOC2:CC6.3', 'OWASP-ASI:ASI03'],
    kinds: OBSERVED_KINDS,
    subject: 'write-tools',
    since: '2026-11-25',
  },
  needs: { approvalFreshness },
  limits: breachLimits(
    'Approved calls whose approval is stale, reused, given by the workload itself or not by who must give it',
  ),
  evaluate: ({ approvalFreshness: seen }, limits) =>
    breachVerdict(seen, limits.calls, {
      noun: 'approved call',
      nouns: 'approved calls',
      breaks: 'ran on an approval that does not count',
      keeps: 'ran on approvals that count',
      unknown: {
        input: 'who approved and when',
        remedy: 'Record aigate.approval.approver, and the times of approvals and calls.',
      },
      unexercised: { input: 'approved calls', remedy: 'Record runs in which write tools are called with approval.' },
    }),
});
