import type { GateId } from './gate.ts';
import type { Plan } from './plan.ts';
import type { Run } from './run.ts';

/** The input that is missing when a measure saw nothing, and the one step that supplies it. */
export interface MissingInput {
  /** Short and the same for every measure that lacks it: inconclusives are grouped by this text. */
  readonly input: string;
  readonly remedy: string;
}

/**
 * A named reducer over runs. The state is bounded, holds integers, bigints, strings and plain containers only
 * (never a sum of floats), so that `merge` over any split in any order equals one pass, byte for byte as
 * canonical JSON.
 */
export interface Measure<State, Value> {
  /** `<gate>/<noun>`; equal to the file path. */
  readonly id: `${GateId}/${string}`;
  /**
   * `counted`: runs that match exactly one scenario, are not bound to another release, and are part of no load
   * and of no case of harm.
   * `any-scenario`: those of any scenario, of loads and of harm too, for violations that count wherever they occur. `all`: every
   * run. `load`: as `counted`, of the runs of a load alone. `harm`: the runs of cases of user harm alone,
   * which belong to no scenario.
   */
  readonly population: 'counted' | 'any-scenario' | 'all' | 'load' | 'harm';
  readonly unseen: MissingInput;
  empty(plan: Plan): State;
  /** Adds one run to `state`, in place. Neither the run nor the plan is changed. */
  add(state: State, run: Run, plan: Plan): void;
  /** A new state that equals having seen the runs of both; `a` and `b` are not changed. */
  merge(a: State, b: State): State;
  /** The finished value, or `undefined` when no run gave anything to measure. */
  finish(state: State, plan: Plan): Value | undefined;
}

// biome-ignore lint/suspicious/noExplicitAny: a registry holds measures of every state and value.
export type AnyMeasure = Measure<any, any>;

/** The finished value of a measure. */
export type ValueOf<M> = M extends Measure<infer _State, infer Value> ? Value : never;

/** Identity; infers `State` and `Value`. */
export function defineMeasure<State, Value>(measure: Measure<State, Value>): Measure<State, Value> {
  return measure;
}
