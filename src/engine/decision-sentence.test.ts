import { describe, expect, it } from 'vitest';
import type { Finding } from '../contract/finding.ts';
import type { Lane } from '../contract/gate.ts';
import type { Plan } from '../contract/plan.ts';
import { aFinding, aPlan, aPopulation } from '../dev/testing/builders.ts';
import { aResult, passingFindings } from '../dev/testing/results.ts';

function finding(checkId: string, overrides: Partial<Finding> = {}): Finding {
  return aFinding({ checkId, gate: checkId.split('/')[0] as Finding['gate'], outcome: 'fail', ...overrides });
}
function sentence(extra: readonly Finding[], plan: Partial<Plan> = {}): string {
  return aResult({ plan: aPlan(plan), findings: [...passingFindings(), ...extra] }).card.decision;
}
const inLane = (lane: Lane) => ({ workload: { ...aPlan().workload, lane } });
const open = (checkId: string, input: string) =>
  finding(checkId, { outcome: 'inconclusive', missing: { input, remedy: 'Record it.' } });

describe('the decision sentence', () => {
  it('names what failed, once each, in the order of the gates', () => {
    expect(
      sentence([
        finding('reliability/call-timeouts'),
        finding('tool-control/approvals'),
        finding('tool-control/undeclared-tools'),
        finding('fallback/fallback-validated'),
        finding('cost/monthly-cost'),
      ]),
    ).toBe(
      'Do not release to production until cost, fallback, tool-control and timeout behavior are remediated and re-tested.',
    );
  });
  it('uses the singular for one', () => {
    expect(sentence([finding('reliability/latency')])).toBe(
      'Do not release to production until latency is remediated and re-tested.',
    );
  });
  it('does not name advisories, nor what is merely open beside a fail', () => {
    expect(
      sentence([
        finding('cost/monthly-cost'),
        finding('evidence/monitors', { severity: 'advisory' }),
        open('fallback/fallback-validated', 'fallback runs'),
      ]),
    ).toBe('Do not release to production until cost is remediated and re-tested.');
  });
  it('names a check that threw', () => {
    expect(sentence([finding('provider-dependency/served-model', { outcome: 'error' })])).toContain(
      'until provider dependency is remediated',
    );
  });
  it('names what is open and the inputs that are missing', () => {
    expect(
      sentence([open('tool-control/approvals', 'approval events'), open('cost/monthly-cost', 'token usage')]),
    ).toBe(
      'Do not release to production until cost and tool-control are shown: missing approval events and token usage.',
    );
  });
  it('counts the inputs beyond three', () => {
    const findings = ['a', 'b', 'c', 'd', 'e'].map((input) => open('cost/monthly-cost', input));
    expect(sentence(findings)).toContain('missing a, b, c and 2 more.');
  });
  it('names a gate that had no blocking check', () => {
    const findings = passingFindings().filter(({ gate }) => gate !== 'fallback');
    expect(aResult({ findings }).card.decision).toBe('Do not release to production until fallback is shown.');
  });
  it('says when nothing was judged at all', () => {
    const decision = aResult({ findings: [] }).card.decision;
    expect(decision).toMatch(/^Do not release to production until cost, reliability, .* and evidence are shown\.$/);
  });
  it.each([
    ['production', 'May be released to production.'],
    ['early-access', 'May be released to early access.'],
    ['experimental', 'Checks pass; not releasable because the experimental lane never releases.'],
  ] as const)('words a pass in lane %s', (lane, shown) => {
    expect(sentence([], inLane(lane))).toBe(shown);
  });
  it('says why a passing change may not be released', () => {
    expect(sentence([], { stage: 'pr' })).toMatch(/^Checks pass; not releasable because recording age/);
  });
  it('says when a declared scenario has no run although every check passes', () => {
    expect(aResult({ population: aPopulation({ runsByScenario: { summarize: 0 } }) }).card.decision).toBe(
      'Checks pass; not releasable because a declared scenario has no run.',
    );
  });
  it('says when an advisory check threw although every blocker passes', () => {
    expect(sentence([finding('evidence/monitors', { outcome: 'error', severity: 'advisory' })])).toBe(
      'Checks pass; not releasable because a check threw.',
    );
  });
  it.each([
    ['early-access', 'Do not release to early access until'],
    ['experimental', 'Do not release beyond the experimental lane until'],
  ] as const)('names the destination in lane %s', (lane, shown) => {
    expect(sentence([finding('cost/monthly-cost')], inLane(lane))).toContain(shown);
  });
});
