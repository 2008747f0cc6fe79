import type { Finding } from '../contract/finding.ts';
import type { Plan } from '../contract/plan.ts';
import type { Card, Verdict } from '../contract/result.ts';
import { formatMeasurement, formatNumber } from '../contract/units.ts';
import { decisionSentence } from './decision-sentence.ts';

interface Judged {
  readonly plan: Plan;
  readonly findings: readonly Finding[];
  readonly verdict: Verdict;
}

type Row = Card['rows'][number];
type Words = Readonly<Record<'pass' | 'fail' | 'inconclusive' | 'not-applicable', string>>;

/** The one-page summary. A line whose check did not run says so; no line is worded better than its finding. */
export function buildCard({ plan, findings, verdict }: Judged): Card {
  const find = (checkId: string) => findings.find((finding) => finding.checkId === checkId);
  const { provider, model } = plan.models.primary;
  return {
    headline: `AI Production Readiness: ${verdict.decision.toUpperCase()}${plan.workload.isDemo ? ' (DEMO)' : ''}`,
    rows: [
      { label: 'Workload', value: plan.workload.name, tone: 'plain' },
      { label: 'Primary model', value: `${model} (${provider})`, tone: 'plain' },
      fallbackRow(plan, find('fallback/fallback-validated')),
      costRow(find('cost/monthly-cost')),
      latencyRow(plan, find('reliability/latency')),
      toolRow(plan.tools),
      judgedRow('Human approval', find('tool-control/approvals'), APPROVAL_WORDS),
      timeoutRow(plan, find('reliability/call-timeouts')),
      evidenceRow(verdict),
    ],
    decision: decisionSentence({ plan, findings, verdict }),
  };
}

const LATENCY_WORDS: Words = {
  pass: 'below threshold',
  fail: 'above threshold',
  inconclusive: 'not proven',
  'not-applicable': 'not applicable',
};
const APPROVAL_WORDS: Words = {
  pass: 'recorded for every write action',
  fail: 'missing for write action',
  inconclusive: 'not recorded',
  'not-applicable': 'not needed',
};
const FALLBACK_WORDS: Words = {
  pass: 'validated',
  fail: 'not validated',
  inconclusive: 'not proven',
  'not-applicable': 'not applicable',
};
const TIMEOUT_WORDS: Words = {
  pass: 'within limits',
  fail: 'exceeded',
  inconclusive: 'not proven',
  'not-applicable': 'not applicable',
};

function judgedRow(label: string, finding: Finding | undefined, words: Words): Row {
  if (finding === undefined) return { label, value: 'not judged', tone: 'open' };
  if (finding.outcome === 'error') return { label, value: 'not judged: the check threw', tone: 'bad' };
  return { label, value: words[finding.outcome], tone: toneOf(finding.outcome) };
}

function toneOf(outcome: Finding['outcome']): Row['tone'] {
  switch (outcome) {
    case 'pass':
      return 'good';
    case 'fail':
    case 'error':
      return 'bad';
    case 'inconclusive':
      return 'open';
    case 'not-applicable':
      return 'plain';
  }
}

function fallbackRow(plan: Plan, finding: Finding | undefined): Row {
  const row = judgedRow('Fallback', finding, FALLBACK_WORDS);
  return plan.models.fallback.length > 0 || row.tone === 'good' ? row : { ...row, value: 'none declared' };
}

function timeoutRow(plan: Plan, finding: Finding | undefined): Row {
  const row = judgedRow('Provider timeout behavior', finding, TIMEOUT_WORDS);
  return plan.timeouts.modelMs !== undefined || row.tone === 'good' ? row : { ...row, value: 'undefined' };
}

function latencyRow(plan: Plan, finding: Finding | undefined): Row {
  return judgedRow(`${percentileOf(plan, finding)} latency`, finding, LATENCY_WORDS);
}

function costRow(finding: Finding | undefined): Row {
  const label = 'Projected monthly cost';
  const words = judgedRow(label, finding, {
    pass: 'within target',
    fail: 'above target',
    inconclusive: 'unknown',
    'not-applicable': 'not applicable',
  });
  if (finding === undefined || finding.measured === null || finding.limit === null) return words;
  const text = costText({ ...finding, measured: finding.measured, limit: finding.limit });
  return { ...words, value: finding.outcome === 'inconclusive' ? `not proven: ${text}` : text };
}

/** The multiple is that of the point estimate; the bound that was compared stands beside it. */
function costText(finding: Finding & { measured: object; limit: object }): string {
  const { measured, limit, estimate, outcome } = finding;
  const point = estimate ?? measured;
  const figures = [`target ${formatMeasurement(limit, limit)}`];
  if (measured.value !== point.value) {
    const side = measured.value < point.value ? 'lower' : 'upper';
    const decides = outcome === 'inconclusive' ? '' : ' decides';
    figures.unshift(`${side} bound ${formatMeasurement(measured, limit)}${decides}`);
  }
  figures.unshift(`estimate ${formatMeasurement(point, limit)}`);
  if (limit.value <= 0) return figures.join('; ');
  return `${formatNumber(point.value / limit.value, { against: 1, significant: 2 })}x target (${figures.join('; ')})`;
}

/** The percentile whose limit decided; where none did, the first that the plan limits, else the usual p95. */
function percentileOf(plan: Plan, finding: Finding | undefined): string {
  const limits = plan.checks.find(({ id }) => id === 'reliability/latency')?.limits ?? {};
  return finding?.limitName ?? Object.keys(limits).find((name) => /^p\d+$/.test(name)) ?? 'p95';
}

const NAMED_TOOLS = 3;

function toolRow(tools: Plan['tools']): Row {
  const label = 'Tool access';
  if (tools === undefined) return { label, value: 'not declared', tone: 'open' };
  if (tools === 'none') return { label, value: 'none', tone: 'plain' };
  const actions = Object.entries(tools)
    .filter(([, { effect }]) => effect !== 'read')
    .map(([name, { effect }]) => `${name.replace(/[_-]+/g, ' ')}${effect === 'irreversible' ? ' (irreversible)' : ''}`);
  if (actions.length === 0) return { label, value: 'read only', tone: 'plain' };
  const named = actions.slice(0, NAMED_TOOLS).join(', ');
  const more = actions.length - NAMED_TOOLS;
  return { label, value: `can ${named}${more > 0 ? ` and ${more} more` : ''}`, tone: 'plain' };
}

function evidenceRow(verdict: Verdict): Row {
  const outcome = verdict.gates.find(({ id }) => id === 'evidence')?.outcome ?? 'inconclusive';
  return {
    label: 'Evidence package',
    value: outcome === 'pass' ? 'complete' : 'incomplete',
    tone: outcome === 'pass' ? 'good' : outcome === 'fail' ? 'bad' : 'open',
  };
}
