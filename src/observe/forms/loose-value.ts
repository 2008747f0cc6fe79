import { jsonValue } from '../../contract/json-value.ts';
import { isObject, type JsonObject } from '../otlp/any-value.ts';
import { pythonValue } from './python-literal.ts';

/** A JSON text inside a JSON text inside a JSON text is somebody's content, not a record of it. */
const MOST_LAYERS = 3;

/** No JSON begins with a quote like this behind its brackets. */
const PYTHON = /^\s*[[{]{1,9}'/;

/**
 * The object or list that a text stands for, as tracers write what they could not send as it is: JSON, JSON written as
 * text once more, or the `repr` of Python. Every other value unchanged; a text that is quoted as JSON without its quotes.
 */
export function looseValue(value: unknown): unknown {
  let found = value;
  for (let layer = 0; layer < MOST_LAYERS && typeof found === 'string'; layer++) {
    if (!/^\s*["[{]/.test(found)) break;
    // Finding out that a text is no JSON costs more than reading it.
    const inner: unknown = PYTHON.test(found) ? pythonValue(found) : (jsonValue(found) ?? literalOf(found));
    if (inner === undefined) break;
    found = inner;
  }
  return found;
}

/** The same where only an object makes sense; undefined for everything else. */
export function looseObject(value: unknown): JsonObject | undefined {
  const found = looseValue(value);
  return isObject(found) ? found : undefined;
}

/** A quoted text that is no JSON is a text. */
function literalOf(text: string): unknown {
  return /^\s*[[{]/.test(text) ? pythonValue(text) : undefined;
}
