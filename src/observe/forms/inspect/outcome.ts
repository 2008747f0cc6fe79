import type { RunOutcome } from '../../../contract/run.ts';
import { isObject, type JsonObject, listOf } from '../../otlp/any-value.ts';
import { objectIn } from '../fields.ts';
import { countOf } from '../usage-parts.ts';

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
export function outcomeOf(scores: unknown, isWideScale: boolean): RunOutcome | undefined {
  if (!isObject(scores)) return undefined;
  const [first, ...others] = Object.values(scores).map((score) => {
    const value = isObject(score) ? score['value'] : undefined;
    return isWideScale && typeof value === 'number' ? undefined : verdictOf(value);
  });
  return others.every((outcome) => outcome === first) ? first : undefined;
}

const AVERAGES = ['mean', 'accuracy', 'median'] as const;

/** Whether numbers are given on a scale that ends beyond 0 and 1: a 1 of 5 is no success. */
export function isWideScale(results: JsonObject | undefined): boolean {
  return listOf(results?.['scores']).some((score) => {
    const metrics = isObject(score) ? objectIn(score, 'metrics') : undefined;
    const averages = AVERAGES.map((name) => countOf(objectIn(metrics, name), 'value') ?? 0);
    return averages.some((value) => value < 0 || value > 1);
  });
}

function verdictOf(value: unknown): RunOutcome | undefined {
  return VALUES.get(value) ?? (typeof value === 'string' ? VALUES.get(value.trim().toLowerCase()) : undefined);
}
