import { type CheckResult, defineCheck, OBSERVED_KINDS } from '../../../src/contract/check.ts';
import { maximum, minimum } from '../../../src/contract/limit.ts';
import { worstOf } from '../../../src/contract/statistics/judgement.ts';
import { judgeHandOvers } from '../hand-over-verdict.ts';
import handOvers from '../measures/hand-overs.ts';
import { judgeLoad } from '../outage-load.ts';

export default defineCheck({
  meta: {
    id: 'fallback/human-handoff',
    title: 'The people who take over can take what comes in a full outage, and hand-overs to them were seen',
    severity: 'blocker',
    why: 'People are the last fallback, and an outage sends them everything at once: a queue that takes less than arrives grows until the outage ends, and a hand-over that was never tried may reach nobody.',
    remediation: [
      'Compare what arrives in an hour with what the queue takes: limit what is accepted while no model answers, or answer the simple cases without one.',
      'Declare handoff.perHour as what the people really take beside their other work, and traffic.peakPerSecond.',
      'Take every declared model down on purpose and record that cases reach the queue and are taken.',
      'Re-run the check on runs of the changed release.',
    ],
    controls: [
      'NIST-AI-RMF:MANAGE-2.4',
      'NIST-AI-RMF:MAP-3.5',
      'ISO-42001:A.9.2',
      'EU-AI-ACT:14(4)',
      'DORA:11(6)(a)',
      'SOC2:A1.1',
    ],
    kinds: OBSERVED_KINDS,
    subject: 'handoff',
    since: '2026-11-25',
  },
  needs: { handOvers },
  limits: {
    utilisation: maximum({
      unit: 'ratio',
      range: [0.01, 1],
      fallback: 1,
      description: 'cases that arrive in an hour without any model, as a share of handoff.perHour',
    }),
    handOvers: minimum({
      unit: 'count',
      isInteger: true,
      range: [1, Number.MAX_SAFE_INTEGER],
      fallback: 1,
      description: 'recorded runs that were handed over',
    }),
    missed: maximum({
      unit: 'ratio',
      range: [0, 1],
      fallback: 0.05,
      description: 'share of hand-overs that failed or were taken later than handoff.within',
    }),
  },
  samples: (limits) => [
    {
      kind: 'count',
      claim: `handOvers>=${limits.handOvers}`,
      unit: 'trials',
      per: 'workload',
      least: limits.handOvers,
    },
  ],
  evaluate({ handOvers: seen }, limits, { plan }): CheckResult {
    if (plan.handoff === undefined) {
      const missing = {
        input: 'handoff',
        remedy: 'Declare under handoff who takes over and how many cases they take.',
      };
      return { outcome: 'inconclusive', message: 'nobody is declared to take over', missing, evidence: [] };
    }
    const judged = [
      judgeLoad(plan.handoff, { utilisation: limits.utilisation, n: seen.runs }, plan),
      judgeHandOvers(seen, { ...limits, isTimed: plan.handoff.withinMs !== undefined }),
    ];
    const worst = worstOf(judged);
    const others = judged.flatMap(({ result }) => (result === worst ? [] : [result.message]));
    return { ...worst, message: [worst.message, ...others].join('; ') };
  },
});
