import { quantity } from '../contract/quantity.ts';
import type { RunResult } from '../contract/result.ts';
import { formatNumber } from '../contract/units.ts';
import { drillLines } from './drills/drill-tables.ts';
import { kindsLine, policyLine } from './provenance.ts';

export interface Answer {
  readonly question: string;
  readonly answers: readonly string[];
}

/** The questions that those who answer for production ask, each answered from the card and the findings. */
export function answerLeaders(result: RunResult): Answer[] {
  const { plan, card, population, findings } = result;
  const row = (label: string) => card.rows.find((line) => line.label === label)?.value ?? 'not judged';
  const said = (checkId: string) => {
    const finding = findings.find((one) => one.checkId === checkId);
    return finding === undefined ? `${checkId}: not judged` : `${finding.outcome}: ${finding.message}`;
  };
  const judged = findings.filter(({ outcome }) => outcome !== 'not-applicable').length;
  return [
    { question: 'Does this workload move to production?', answers: [card.decision] },
    {
      question: 'Does it consume tokens at volume?',
      answers: [
        `${formatNumber(plan.monthlyRuns.expected)} runs a month are expected`,
        `projected monthly cost: ${row('Projected monthly cost')}`,
      ],
    },
    {
      question: 'Does it call tools, write records or affect customers?',
      answers: [
        `tool access: ${row('Tool access')}`,
        `declared autonomy: ${plan.workload.autonomy}`,
        `human approval: ${row('Human approval')}`,
      ],
    },
    {
      question: 'Does it depend on one model, provider, cloud or vendor?',
      answers: [said('provider-dependency/single-points-of-failure')],
    },
    {
      question: 'What happens when the model is unavailable, slow or different after an update?',
      answers: [
        said('fallback/fallback-validated'),
        said('reliability/call-timeouts'),
        said('provider-dependency/served-model'),
        ...(result.drills === null ? [] : drillLines(result.drills).map((line) => `drills: ${line}`)),
      ],
    },
    {
      question: 'Can the team prove what was tested before release?',
      answers: [
        `evidence package: ${row('Evidence package')}`,
        `${quantity(population.runs, 'run')} read; kinds of evidence: ${kindsLine(result)}`,
      ],
    },
    {
      question: 'Are the checks in the pipeline or in meetings?',
      answers: [
        `${quantity(judged, 'check')} judged by aigate ${result.tool.version} at stage ${result.stage}, exit code ${result.exitCode}`,
        policyLine(plan),
      ],
    },
  ];
}
