import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson, parseWithBigInt } from '../../contract/json.ts';
import type { Measure } from '../../contract/measure.ts';
import type { Plan } from '../../contract/plan.ts';
import type { Run } from '../../contract/run.ts';
import { aPlan } from './builders.ts';
import { deepFreeze, withoutClockOrChance } from './frozen.ts';

interface Case<Value> {
  readonly name: string;
  readonly runs: readonly Run[];
  readonly plan?: Plan;
  /** The finished value, or what it must at least hold; undefined = nothing was measured. */
  readonly value: AtLeast<Value> | undefined;
}

/** Some members of a value, at every depth. */
type AtLeast<T> = T extends object ? { readonly [K in keyof T]?: AtLeast<T[K]> } : T;

/**
 * Table tests plus the laws every measure obeys: nothing seen finishes as undefined, merge over any split in any
 * order equals one pass byte for byte, runs and plan untouched, no clock and no chance, and the state survives JSON.
 */
export function testMeasure<State, Value>(
  measure: Measure<State, Value>,
  cases: readonly [Case<Value>, ...Case<Value>[]],
): void {
  const reduce = (plan: Plan, runs: readonly Run[]) =>
    withoutClockOrChance(() => {
      const state = measure.empty(plan);
      for (const run of runs) measure.add(state, run, plan);
      return state;
    });
  describe(measure.id, () => {
    it.each([...cases])('measures: $name', ({ runs, plan = aPlan(), value }) => {
      deepFreeze([runs, plan]);
      const finished = measure.finish(reduce(plan, runs), plan);
      if (value === undefined) expect(finished).toBeUndefined();
      // The compiler cannot see through the conditional type that what is expected of an object is an object.
      else expect(finished).toMatchObject(value as object);
      if (finished !== undefined) expect(() => canonicalJson(finished)).not.toThrow();
    });
    it('has nothing to say about no runs', () => {
      expect(measure.finish(measure.empty(aPlan()), aPlan())).toBeUndefined();
    });
    it.each([...cases])('gives the same state over any split and order: $name', ({ runs, plan = aPlan() }) => {
      const once = canonicalJson(reduce(plan, runs));
      fc.assert(
        fc.property(
          fc.shuffledSubarray([...runs], { minLength: runs.length }),
          fc.nat(runs.length),
          (shuffled, cut) => {
            const [a, b] = [reduce(plan, shuffled.slice(0, cut)), reduce(plan, shuffled.slice(cut))];
            deepFreeze([a, b]);
            expect(canonicalJson(measure.merge(a, b))).toBe(once);
          },
        ),
        { numRuns: 30 },
      );
    });
    it.each([...cases])('keeps a state that survives JSON: $name', ({ runs, plan = aPlan() }) => {
      const state = reduce(plan, runs);
      const revived = parseWithBigInt(canonicalJson(state)) as State;
      expect(canonicalJson(measure.finish(revived, plan) ?? null)).toBe(
        canonicalJson(measure.finish(state, plan) ?? null),
      );
    });
  });
}
