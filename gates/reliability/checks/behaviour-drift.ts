import { defineCheck, OBSERVED_KINDS } from '../../../src/contract/check.ts';
import { maximum } from '../../../src/contract/limit.ts';
import { judgeDrifts } from '../drift-verdict.ts';
import answers from '../measures/answers.ts';
import behaviours from '../measures/behaviours.ts';
import expectations from '../measures/expectations.ts';
import runDurations from '../measures/run-durations.ts';

const increase = (what: string, fallback: number) =>
  maximum({
    unit: 'ratio',
    range: [0, 100],
    fallback,
    description: `increase of the ${what} over the baseline, as a share of it; to be ruled out with 95 % confidence`,
  });

export default defineCheck({
  meta: {
    id: 'reliability/behaviour-drift',
    title: 'Quality, duration, tokens and tool calls stay near those of the baseline',
    severity: 'blocker',
    why: 'A new prompt, model or tool changes what the workload does without changing a test: answers grow shorter or longer, other tools are called, some calls fail silently. Each limit may still hold while the workload is no longer the one that was approved.',
    remediation: [
      'Open the runs named here and compare them with runs of the same scenario in the baseline.',
      'Find what changed between the releases: prompt, model or its served version, tool descriptions, retrieved documents.',
      'Undo the change, or accept it: raise the limit in the policy with a reason, and take the new release as the baseline.',
      'Record runs of every scenario on the changed release and re-run the check.',
    ],
    controls: ['NIST-AI-RMF:MEASURE-2.4', 'NIST-AI-RMF:MANAGE-4.1', 'ISO-42001:A.6.2.6', 'EU-AI-ACT:15(3)'],
    kinds: OBSERVED_KINDS,
    subject: 'baseline',
    since: '2026-11-25',
  },
  needs: { expectations, answers, durations: runDurations, behaviours },
  limits: {
    qualityDrop: maximum({
      unit: 'ratio',
      range: [0, 1],
      fallback: 0.05,
      description:
        'fall of the share of runs that show all that was expected, and of those with a complete answer; to be ruled out with 95 % confidence',
    }),
    duration: increase('median run duration', 0.25),
    tokens: increase('median tokens of a run', 0.25),
    tools: maximum({
      unit: 'ratio',
      range: [0, 1],
      fallback: 0.2,
      description:
        'share of the tool calls that went to other tools than in the baseline (total variation distance); to be ruled out with 95 % confidence',
    }),
  },
  evaluate: (seen, limits, { plan, baseline }) => judgeDrifts({ seen, limits, plan, baseline }),
});
