import { type CheckResult, defineCheck } from '../../../src/contract/check.ts';
import { LEAST_RATE, minimum } from '../../../src/contract/limit.ts';
import { showName } from '../../../src/contract/name-counts.ts';
import type { Plan } from '../../../src/contract/plan.ts';
import { quantity } from '../../../src/contract/quantity.ts';
import { rateDemand } from '../../../src/contract/statistics/rate-demand.ts';
import { judgeRate } from '../../../src/contract/statistics/rate-verdict.ts';
import { formatNumber } from '../../../src/contract/units.ts';
import { allOf } from '../all-of.ts';
import { FILE_AND_RUN_KINDS } from '../kinds.ts';
import { judgeFiles } from '../knowledge-files.ts';
import citations, { type Citations } from '../measures/citations.ts';

export default defineCheck({
  meta: {
    id: 'evidence/knowledge-pins',
    title: 'The documents that answers rest on are there, recent enough and cited',
    severity: 'blocker',
    why: 'An answer from a policy that was replaced, or from no policy at all, reads exactly like a right one, and nobody can check it.',
    remediation: [
      'Update each named document, or declare under knowledge the age that its owner stands for.',
      'Correct paths that name no file.',
      'Have the workload cite the document in every answer, and declare with citation how that reads.',
      'Record runs of the release and test again.',
    ],
    controls: [
      'NIST-AI-RMF:MAP-4.1',
      'NIST-AI-RMF:MEASURE-2.8',
      'ISO-42001:A.6.2.7',
      'EU-AI-ACT:11(1)',
      'EU-AI-ACT:15(1)',
      'OWASP-ASI:ASI06',
    ],
    kinds: FILE_AND_RUN_KINDS,
    subject: 'knowledge',
    since: '2026-11-25',
  },
  needs: { citations },
  limits: {
    cited: minimum({
      unit: 'ratio',
      range: [LEAST_RATE, 1],
      fallback: 0.95,
      description:
        'rate of runs whose last answer cites at least one of the documents that must be cited, 0 to 1, to be proved with 95 % confidence',
    }),
  },
  inspects: true,
  samples: ({ cited }, plan) => (knowledgeOf(plan).some(({ isCited }) => isCited) ? rateDemand(cited, 'cited') : []),
  evaluate({ citations: seen }, limits, { plan, inspection }): CheckResult {
    if (inspection === undefined) return NOT_LOOKED_AT;
    const [result, ...others] = [
      ...judgeCitations(seen, plan, limits.cited),
      ...knowledgeOf(plan).map((source, index) => judgeFiles({ ...source, index }, plan, inspection)),
    ];
    return result === undefined ? NOT_LOOKED_AT : allOf([result, ...others]);
  },
});

const NOT_LOOKED_AT: CheckResult = {
  outcome: 'inconclusive',
  message: 'the declared documents were not looked at',
  missing: { input: 'the files of the workload', remedy: 'Run the check in the folder of the workload.' },
  evidence: [],
};

function knowledgeOf({ knowledge }: Plan): Exclude<Plan['knowledge'], 'none' | undefined> {
  return typeof knowledge === 'object' ? knowledge : [];
}

/** That answers cite anything of what they must, and that nothing of it is never cited. */
function judgeCitations({ tallies, citing, runs, unanswered }: Citations, plan: Plan, rate: number): CheckResult[] {
  const mustBeCited = knowledgeOf(plan).filter(({ isCited }) => isCited);
  if (mustBeCited.length === 0) return [];
  const judged = judgeRate({
    tallies,
    scenarios: plan.scenarios,
    rate,
    limitName: 'cited',
    good: `cite in their last answer what they must${unanswered > 0 ? ` (${formatNumber(unanswered)} more gave none)` : ''}`,
    unknown: 'the text of the last answer is not recorded',
    missing: {
      input: 'answer texts',
      remedy: 'Record the output messages of every model call; texts are judged before redaction.',
    },
  });
  const never = knowledgeOf(plan).filter(({ isCited }, index) => isCited && citing[index] === 0);
  if (never.length === 0) return [judged];
  const names = never.map(({ name }) => showName(name)).join(', ');
  const unused: CheckResult = {
    outcome: 'inconclusive',
    n: runs,
    message: `no last answer in ${quantity(runs, 'run')} cites ${names}`,
    missing: {
      input: 'runs that cite every document that must be cited',
      remedy: `Record runs that rest on ${names}, or declare cited: false for what need not be cited.`,
    },
    evidence: [],
  };
  return [judged, unused];
}
