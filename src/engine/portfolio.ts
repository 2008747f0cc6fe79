import { type Finding, isFailing } from '../contract/finding.ts';
import type { Portfolio, PortfolioRow, UnjudgedWorkload } from '../contract/portfolio.ts';
import type { RunResult } from '../contract/result.ts';

/** A judged workload with the folder of its bundle. */
export interface JudgedWorkload {
  readonly result: RunResult;
  readonly bundle: string;
}

/** Puts many results side by side. Pure. */
export function portfolioOf(
  judged: readonly JudgedWorkload[],
  unjudged: readonly UnjudgedWorkload[],
  evaluatedAt: string,
): Portfolio {
  const rows = judged.map(rowOf).sort((a, b) => rank(a) - rank(b) || (a.workload < b.workload ? -1 : 1));
  return { schemaVersion: 1, evaluatedAt, rows, unjudged };
}

const RANKS: Readonly<Record<PortfolioRow['decision'], number>> = { fail: 0, inconclusive: 1, pass: 2 };

function rank({ blocking, decision }: PortfolioRow): number {
  return (blocking ? 0 : 10) + RANKS[decision];
}

function rowOf({ result, bundle }: JudgedWorkload): PortfolioRow {
  const { plan, findings, decision, blocking, lane } = result;
  const blockers = findings.filter(({ severity }) => severity === 'blocker');
  const open = blockers.filter(({ outcome }) => outcome === 'inconclusive');
  return {
    workload: plan.workload.name,
    owner: plan.workload.owner,
    lane,
    decision,
    blocking,
    monthlyCost: costOf(findings),
    drift: driftOf(findings),
    expiry: expiryOf(findings),
    because: [...blockers.filter(isFailing), ...open].map(({ checkId }) => checkId),
    bundle,
  };
}

function byId(findings: readonly Finding[], id: string): Finding | undefined {
  return findings.find(({ checkId }) => checkId === id);
}

function costOf(findings: readonly Finding[]): PortfolioRow['monthlyCost'] {
  const finding = byId(findings, 'cost/monthly-cost');
  const measured = finding?.measured ?? finding?.estimate ?? undefined;
  return measured === undefined || measured.unit !== 'usd'
    ? undefined
    : { measured, limit: finding?.limit ?? undefined };
}

/** Checks that compare with a baseline. */
const DRIFT = ['cost/cost-drift', 'reliability/behaviour-drift'];

function driftOf(findings: readonly Finding[]): string | undefined {
  const compared = DRIFT.flatMap((id) => byId(findings, id) ?? []).filter(
    ({ outcome }) => outcome !== 'not-applicable',
  );
  if (compared.length === 0) return undefined;
  const notable = compared.filter(({ outcome }) => outcome !== 'pass');
  return notable.length === 0 ? 'none' : notable.map(({ checkId, outcome }) => `${checkId} ${outcome}`).join(', ');
}

/** Checks whose measured value is an age under its limit, and those whose value is the time that is left. */
const AGES = { 'evidence/recording-age': 'the recordings' } as const;
const TIMES_LEFT = { 'provider-dependency/model-lifecycle': 'a model' } as const;

function expiryOf(findings: readonly Finding[]): PortfolioRow['expiry'] {
  const left = [
    ...Object.entries(AGES).flatMap(([id, what]) => {
      const { measured, limit } = byId(findings, id) ?? {};
      return measured?.unit === 'days' && limit?.unit === 'days' ? [{ what, days: limit.value - measured.value }] : [];
    }),
    ...Object.entries(TIMES_LEFT).flatMap(([id, what]) => {
      const { measured } = byId(findings, id) ?? {};
      return measured?.unit === 'days' ? [{ what, days: measured.value }] : [];
    }),
  ];
  const [first] = left.sort((a, b) => a.days - b.days);
  return first === undefined ? undefined : { ...first, days: Math.floor(first.days) };
}
