import { describe, expect, it } from 'vitest';
import type { Finding } from '../contract/finding.ts';
import type { Plan } from '../contract/plan.ts';
import { aFinding, aPlan } from '../dev/testing/builders.ts';
import { aResult, passingFindings } from '../dev/testing/results.ts';

const usd = (value: number) => ({ value, unit: 'usd' as const });

function rows(findings: readonly Finding[], plan: Partial<Plan> = {}): Record<string, string> {
  const { card } = aResult({ findings, plan: aPlan(plan) });
  return Object.fromEntries(card.rows.map(({ label, value, tone }) => [label, `${value} [${tone}]`]));
}
function cost(overrides: Partial<Finding>): string | undefined {
  const values = { measured: usd(19_800), limit: usd(9000), estimate: usd(21_590), ...overrides };
  return rows([aFinding({ checkId: 'cost/monthly-cost', ...values })])['Projected monthly cost'];
}
const reliability = (noun: string, outcome: Finding['outcome']) =>
  aFinding({ gate: 'reliability', checkId: `reliability/${noun}`, outcome });
const withoutModelTimeout = { timeouts: { modelMs: undefined, toolMs: undefined, runMs: undefined } };

describe('the card', () => {
  it('has the nine lines of the design, in its order', () => {
    expect(Object.keys(rows([]))).toEqual([
      'Workload',
      'Primary model',
      'Fallback',
      'Projected monthly cost',
      'p95 latency',
      'Tool access',
      'Human approval',
      'Provider timeout behavior',
      'Evidence package',
    ]);
  });

  it('says "not judged" where no check ran, and shows nothing as good', () => {
    const values = Object.values(rows([]));
    expect(values.filter((value) => value === 'not judged [open]')).toHaveLength(5);
    expect(values.filter((value) => value.endsWith('[good]'))).toEqual([]);
  });

  it.each([
    ['pass', 'AI Production Readiness: PASS', passingFindings()],
    ['fail', 'AI Production Readiness: FAIL', [aFinding({ outcome: 'fail' })]],
    ['inconclusive', 'AI Production Readiness: INCONCLUSIVE', []],
  ] as const)('heads a %s', (_decision, headline, findings) => {
    expect(aResult({ findings }).card.headline).toBe(headline);
  });

  it('marks a demonstration in headline and decision', () => {
    const { card } = aResult({ plan: aPlan({ workload: { ...aPlan().workload, isDemo: true } }) });
    expect(card.headline).toBe('AI Production Readiness: PASS (DEMO)');
    expect(card.decision).toContain('not releasable because the workload is a demonstration');
    expect(card.decision).toContain('releases nothing');
  });
});

describe('projected monthly cost', () => {
  it('shows the multiple of the estimate and the bound that decided a fail', () => {
    expect(cost({ outcome: 'fail' })).toBe(
      '2.4x target (estimate 21,590 USD; lower bound 19,800 USD decides; target 9,000 USD) [bad]',
    );
  });
  it('shows the upper bound that decided a pass', () => {
    expect(cost({ outcome: 'pass', estimate: usd(5580), measured: usd(6100) })).toBe(
      '0.62x target (estimate 5,580 USD; upper bound 6,100 USD decides; target 9,000 USD) [good]',
    );
  });
  it('does not show a bound where there is none', () => {
    expect(cost({ outcome: 'pass', estimate: null, measured: usd(4500) })).toBe(
      '0.5x target (estimate 4,500 USD; target 9,000 USD) [good]',
    );
  });
  it('never shows 1x for a cost that is over its target', () => {
    expect(cost({ outcome: 'fail', estimate: null, measured: usd(9000.01) })).toMatch(
      /^1\.00000\d+x target \(estimate 9,000\.01 USD; target 9,000 USD\)/,
    );
  });
  it('shows an inconclusive figure as not proven', () => {
    expect(cost({ outcome: 'inconclusive', estimate: usd(8000), measured: usd(9500) })).toBe(
      'not proven: 0.89x target (estimate 8,000 USD; upper bound 9,500 USD; target 9,000 USD) [open]',
    );
  });
  it('is unknown when calls are unpriced', () => {
    expect(cost({ outcome: 'inconclusive', estimate: null, measured: null, limit: null })).toBe('unknown [open]');
  });
  it('has no multiple of a target of zero', () => {
    expect(cost({ outcome: 'fail', estimate: null, measured: usd(5), limit: usd(0) })).toBe(
      'estimate 5 USD; target 0 USD [bad]',
    );
  });
  it('says when the check threw', () => {
    expect(cost({ outcome: 'error', estimate: null, measured: null, limit: null })).toBe(
      'not judged: the check threw [bad]',
    );
  });
});

describe('the other lines', () => {
  it.each([
    ['pass', 'validated [good]'],
    ['fail', 'not validated [bad]'],
    ['inconclusive', 'not proven [open]'],
  ] as const)('words a fallback that is %s', (outcome, shown) => {
    const finding = aFinding({ gate: 'fallback', checkId: 'fallback/fallback-validated', outcome });
    expect(rows([finding])['Fallback']).toBe(shown);
    const models = { ...aPlan().models, fallback: [] };
    if (outcome !== 'pass') expect(rows([finding], { models })['Fallback']).toMatch(/^none declared/);
  });

  it.each([
    ['pass', 'below threshold [good]'],
    ['fail', 'above threshold [bad]'],
    ['inconclusive', 'not proven [open]'],
  ] as const)('words a latency that is %s', (outcome, shown) => {
    expect(rows([reliability('latency', outcome)])['p95 latency']).toBe(shown);
  });

  it('names the percentile whose limit decided', () => {
    const planned = { gate: 'reliability', severity: 'blocker', advisoryBecause: undefined, origins: {} } as const;
    const limits = { p50: 9000, p99: 9000 };
    const checks = [{ ...planned, id: 'reliability/latency', limits, kinds: [], notApplicable: undefined }];
    const decided = { ...reliability('latency', 'fail'), limit: { value: 9000, unit: 'ms' as const } };
    expect(rows([{ ...decided, limitName: 'p99' }], { checks })['p99 latency']).toBe('above threshold [bad]');
    expect(rows([{ ...decided, limitName: 'p50' }], { checks })['p50 latency']).toBe('above threshold [bad]');
    expect(rows([], { checks })['p50 latency']).toBe('not judged [open]');
  });

  it.each([
    ['pass', 'within limits [good]', 'within limits [good]'],
    ['fail', 'exceeded [bad]', 'undefined [bad]'],
    ['inconclusive', 'not proven [open]', 'undefined [open]'],
  ] as const)('words timeouts that are %s', (outcome, declared, undeclared) => {
    const findings = [reliability('call-timeouts', outcome)];
    expect(rows(findings)['Provider timeout behavior']).toBe(declared);
    expect(rows(findings, withoutModelTimeout)['Provider timeout behavior']).toBe(undeclared);
  });

  it.each([
    ['pass', 'recorded for every write action [good]'],
    ['fail', 'missing for write action [bad]'],
    ['inconclusive', 'not recorded [open]'],
    ['not-applicable', 'not needed [plain]'],
  ] as const)('words approvals that are %s', (outcome, shown) => {
    const finding = aFinding({ gate: 'tool-control', checkId: 'tool-control/approvals', outcome });
    expect(rows([finding])['Human approval']).toBe(shown);
  });

  const write = { effect: 'write', approve: 'always' } as const;
  it.each<[Plan['tools'], string]>([
    [undefined, 'not declared [open]'],
    ['none', 'none [plain]'],
    [{ get_case: { effect: 'read', approve: 'never' } }, 'read only [plain]'],
    [{ create_case_note: write }, 'can create case note [plain]'],
    [{ refund: { effect: 'irreversible', approve: 'always' } }, 'can refund (irreversible) [plain]'],
    [{ a: write, b: write, c: write, d: write, e: write }, 'can a, b, c and 2 more [plain]'],
  ])('words tools %j', (tools, shown) => {
    expect(rows([], { tools })['Tool access']).toBe(shown);
  });

  it.each([
    ['pass', 'complete [good]'],
    ['fail', 'incomplete [bad]'],
    ['inconclusive', 'incomplete [open]'],
  ] as const)('words an evidence gate that is %s', (outcome, shown) => {
    expect(rows([aFinding({ gate: 'evidence', checkId: 'evidence/monitors', outcome })])['Evidence package']).toBe(
      shown,
    );
  });
});
