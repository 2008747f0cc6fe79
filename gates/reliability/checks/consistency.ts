import { defineCheck, OBSERVED_KINDS } from '../../../src/contract/check.ts';
import { LEAST_RATE, minimum } from '../../../src/contract/limit.ts';
import { worstOf } from '../../../src/contract/statistics/judgement.ts';
import { rateDemand } from '../../../src/contract/statistics/rate-demand.ts';
import { samplesToJudge } from '../../../src/contract/statistics/samples.ts';
import { judgeConsistency } from '../consistency-verdict.ts';
import tasks from '../measures/tasks.ts';
import { passHat } from '../pass-hat.ts';
import { parseRate } from '../rate-shorthand.ts';

export default defineCheck({
  meta: {
    id: 'reliability/consistency',
    title: 'The chance that repeated runs of a task all succeed is proved to reach its limit',
    severity: 'blocker',
    why: 'A task that succeeds four times out of five looks reliable in one try and fails half of the users who come three times: a rate over single runs hides how often the same question gets different results.',
    remediation: [
      'Open the failed runs named here and compare them with successful runs of the same task.',
      'Lower what varies: pin the model, tighten prompt and tool descriptions, check structured output and repair it once.',
      'Give the steps that must not vary to code instead of the model.',
      'Record every task several times on the changed release and re-run the check.',
    ],
    controls: [
      'NIST-AI-RMF:MEASURE-2.3',
      'NIST-AI-RMF:MEASURE-2.5',
      'ISO-42001:A.6.2.4',
      'EU-AI-ACT:15(1)',
      'EU-AI-ACT:15(3)',
    ],
    kinds: OBSERVED_KINDS,
    subject: 'set-limit',
    since: '2026-11-25',
  },
  needs: { tasks },
  limits: {
    k: minimum({
      unit: 'count',
      isInteger: true,
      range: [1, 100],
      fallback: 3,
      description: 'runs of a task that must all succeed; tasks with fewer runs do not count',
    }),
    rate: minimum({
      unit: 'ratio',
      range: [LEAST_RATE, 1],
      description: 'mean chance over tasks that k runs all succeed (pass^k), 0 to 1, to be proved with 95 % confidence',
    }),
  },
  parseShorthand: (text) => ({ rate: parseRate(text) }),
  samples: ({ rate }) => rateDemand(rate, 'rate', 'tasks'),
  evaluate({ tasks: seen }, limits, { plan: { scenarios } }) {
    const counts = Object.fromEntries(
      Object.entries(seen).map(([id, trials]) => [id, passHat([trials], limits.k).tasks]),
    );
    return worstOf(
      samplesToJudge(counts, scenarios).map((sample) =>
        judgeConsistency(
          sample,
          sample.ids.flatMap((id) => seen[id] ?? []),
          limits,
        ),
      ),
    );
  },
});
