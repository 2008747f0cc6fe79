import type { RunOutcome } from '../../../contract/run.ts';
import { isObject } from '../../otlp/any-value.ts';

/**
 * What scorers write, by Inspect's own `value_to_float`: correct, incorrect, partial, no answer. Partial is not done. Other
 * words and numbers between 0 and 1 stand on a scale whose good end begins nobody says where.
 */
const VALUES: ReadonlyMap<unknown, RunOutcome> = new Map<unknown, RunOutcome>([
  ['C', 'success'],
  ['I', 'failure'],
  ['P', 'failure'],
  ['N', 'failure'],
  ['yes', 'success'],
  ['true', 'success'],
  ['no', 'failure'],
  ['false', 'failure'],
  [true, 'success'],
  [false, 'failure'],
  [1, 'success'],
  [0, 'failure'],
]);

/**
 * How a sample ended by its scores. Several scorers measure different things: only where all of them say the same is it
 * known. Undefined where one does not say, or where they differ.
 */
export function outcomeOf(scores: unknown): RunOutcome | undefined {
  if (!isObject(scores)) return undefined;
  const [first, ...others] = Object.values(scores).map((score) =>
    isObject(score) ? verdictOf(score['value']) : undefined,
  );
  return others.every((outcome) => outcome === first) ? first : undefined;
}

function verdictOf(value: unknown): RunOutcome | undefined {
  return VALUES.get(value) ?? (typeof value === 'string' ? VALUES.get(value.trim().toLowerCase()) : undefined);
}
