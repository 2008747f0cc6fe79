import { toMilliseconds } from '../../src/contract/microseconds.ts';
import type { Timeouts } from '../../src/contract/plan.ts';
import { type Measurement, round12 } from '../../src/contract/units.ts';
import type { Witness } from '../../src/contract/witness.ts';
import type { DrilledWaits } from './drilled-waits.ts';
import { countOf, type Durations, occurrencesOf } from './durations.ts';
import type { CallDurations } from './measures/call-durations.ts';

/** Calls and runs that one declared timeout bounds. */
export interface BoundedKind {
  /** `model call`, `tool call`, `run`. */
  readonly name: string;
  readonly durations: Durations;
  readonly timeoutMs: number | undefined;
}

/** Kinds that occur: model calls and runs always, tool calls where some were seen. */
export function boundedKinds(calls: CallDurations, timeouts: Timeouts): BoundedKind[] {
  const kinds = [
    { name: 'model call', durations: calls.model, timeoutMs: timeouts.modelMs },
    { name: 'tool call', durations: calls.tool, timeoutMs: timeouts.toolMs },
    { name: 'run', durations: calls.run, timeoutMs: timeouts.runMs },
  ];
  return kinds.filter(({ durations }) => occurrencesOf(durations) > 0);
}

/** What drills add; runs and calls that no drill made are judged as recorded. */
export function drilledKinds({ model, run }: DrilledWaits, timeouts: Timeouts): BoundedKind[] {
  return [
    { name: 'model call in a drill', durations: model, timeoutMs: timeouts.modelMs },
    { name: 'run in a drill', durations: run, timeoutMs: timeouts.runMs },
  ];
}

/** The call or run that used most of its limit. */
export interface Nearest {
  readonly name: string;
  readonly measured: Measurement;
  /** Timeout with grace. */
  readonly limit: Measurement;
  /** Calls and runs of every kind. */
  readonly n: number;
  readonly at: readonly Witness[];
}

/** Undefined when none of them has a duration. */
export function nearestToLimit(kinds: readonly BoundedKind[], graceRatio: number): Nearest | undefined {
  const n = kinds.reduce((total, { durations }) => total + countOf(durations), 0);
  return kinds
    .flatMap(({ name, durations: { slowest }, timeoutMs }): Nearest[] => {
      const [longest] = slowest;
      if (longest === undefined || timeoutMs === undefined) return [];
      const limit: Measurement = { value: round12(timeoutMs * (1 + graceRatio)), unit: 'ms' };
      return [{ name, measured: { value: toMilliseconds(longest.value), unit: 'ms' }, limit, n, at: slowest }];
    })
    .toSorted((a, b) => b.measured.value / b.limit.value - a.measured.value / a.limit.value)[0];
}

/** Its calls or runs that are past the limit; none when it is kept. */
export function overrunsIn({ at, limit }: Nearest): readonly Witness[] {
  return at.filter(({ value }) => toMilliseconds(value) > limit.value);
}
