import { describe, expect, it } from 'vitest';
import type { Check, CheckContext, CheckResult, Needs, Seen } from '../../contract/check.ts';
import type { EvidenceRef } from '../../contract/evidence.ts';
import { inspectedDigests } from '../../contract/inspected-ref.ts';
import type { Json } from '../../contract/json.ts';
import { canonicalJson } from '../../contract/json.ts';
import type { Limit, LimitSet, LimitValues } from '../../contract/limit.ts';
import type { PlannedCheck } from '../../contract/plan.ts';
import { evaluateChecks } from '../../engine/evaluate.ts';
import { aContext } from './builders.ts';
import { deepFreeze, withoutClockOrChance } from './frozen.ts';

interface Case<N extends Needs, L extends LimitSet> {
  readonly name: string;
  readonly seen: Seen<N>;
  readonly limits: LimitValues<L>;
  readonly context?: Partial<CheckContext>;
  /** Text the message must contain: the number, the name, the reason. */
  readonly says: string;
}

type AtLeastOne<T> = readonly [T, ...T[]];

/**
 * Table tests plus the laws every check obeys: inconclusive when a need is unseen, deterministic, input
 * untouched, no clock and no chance, every witness resolves, a limit that is named has the value that the limits hold
 * under that name, and loosening a limit never turns pass into fail.
 */
export function testCheck<N extends Needs, L extends LimitSet>(
  check: Check<N, L>,
  cases: Record<'pass' | 'fail' | 'inconclusive', AtLeastOne<Case<N, L>>>,
): void {
  const evaluate = (c: Case<N, L>, limits = c.limits) =>
    withoutClockOrChance(() => check.evaluate(c.seen, limits, aContext(c.context)));
  describe(check.meta.id, () => {
    for (const outcome of ['pass', 'fail', 'inconclusive'] as const) {
      it.each([...cases[outcome]])(`${outcome}s: $name`, (c) => {
        deepFreeze([c.seen, c.limits, c.context]);
        const result = evaluate(c);
        expect(result, result.message).toMatchObject({ outcome });
        expect(result.message).toContain(c.says);
        expect(evaluate(c), 'the same arguments give the same result').toEqual(result);
        for (const ref of result.evidence) expectResolves(ref, c);
        expectNamed(result, c.limits);
      });
    }
    it.each([...cases.pass])('loosening a limit never fails what passed: $name', (c) => {
      for (const limits of looserLimits(check.limits, c.limits)) expect(evaluate(c, limits).outcome).not.toBe('fail');
    });
    it('accepts no minimum that nothing at all would reach', () => {
      const minima = Object.values<Limit>(check.limits).filter(
        (limit) => limit.unit !== undefined && limit.isAtLeastAsTight(1, 0) && !limit.isAtLeastAsTight(0, 1),
      );
      for (const { schema, description } of minima) expect(schema.safeParse(0).success, description).toBe(false);
    });
    it('is inconclusive when nothing was observed', () => {
      expect(judgeUnseen(check, cases.pass[0].limits)?.outcome).toBe('inconclusive');
    });
    it('is inconclusive when no limit is set, unless every limit has a default', () => {
      const isSet = Object.values(check.limits).every((limit) => limit.isOptional || limit.fallback !== undefined);
      if (!isSet) expect(judgeUnseen(check, {})?.message).toContain('no limit is set');
    });
  });
}

/** A witness resolves when the measures, the drills or the manifest hold that very place. */
function expectResolves<N extends Needs, L extends LimitSet>(ref: EvidenceRef, c: Case<N, L>): void {
  const { plan } = aContext(c.context);
  const digests = c.context?.inspection === undefined ? undefined : inspectedDigests(c.context.inspection);
  const isInspected = digests?.has(ref.artifact.replace(/^files\//, '')) ?? false;
  const inManifest = ref.artifact === 'manifest' && plan.manifestLines[ref.pointer] === ref.line;
  const inSeen = canonicalJson(c.seen).includes(canonicalJson(ref));
  const inDrills = canonicalJson(c.context?.drills ?? null).includes(canonicalJson(ref));
  const inCalibration = canonicalJson(c.context?.calibration ?? null).includes(canonicalJson(ref));
  const isThere = inManifest || inSeen || inDrills || inCalibration || isInspected;
  expect(isThere, `${canonicalJson(ref)} must resolve`).toBe(true);
}

/** A named limit is the one that was given: reports show its origin. */
function expectNamed({ limit, limitName }: CheckResult, limits: Readonly<Record<string, unknown>>): void {
  if (limitName === undefined) return;
  expect(Object.keys(limits), 'the name of a limit that is set').toContain(limitName);
  expect(limit?.value, `the value of limit ${limitName}`).toBe(limits[limitName]);
}

function looserLimits<L extends LimitSet>(limits: L, values: LimitValues<L>): LimitValues<L>[] {
  return Object.entries<Limit>(limits)
    .filter(([name]) => values[name] !== undefined)
    .map(([name, limit]) => ({ ...values, [name]: limit.looser(values[name] as Json) }));
}

function judgeUnseen<N extends Needs, L extends LimitSet>(
  check: Check<N, L>,
  limits: Partial<LimitValues<L>>,
): { outcome: CheckResult['outcome'] | string; message: string } | undefined {
  const planned: PlannedCheck = {
    id: check.meta.id,
    gate: check.meta.id.slice(0, check.meta.id.indexOf('/')) as PlannedCheck['gate'],
    severity: check.meta.severity,
    advisoryBecause: undefined,
    limits: limits as Record<string, Json>,
    origins: {},
    kinds: check.meta.kinds.production,
    notApplicable: undefined,
  };
  const context = aContext();
  const observed = { ...context, plan: { ...context.plan, checks: [planned] }, states: {}, baselineStates: undefined };
  return evaluateChecks([check], observed)[0];
}
