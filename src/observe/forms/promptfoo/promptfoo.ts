import { isObject, type JsonObject, listOf } from '../../otlp/any-value.ts';
import { objectIn, textIn } from '../fields.ts';
import type { Form, FormTools, Place } from '../form.ts';
import { writeResult } from './result.ts';

/**
 * Evaluations of promptfoo: the file with `results.results` of version 3 and before, the summary alone, the table of
 * older files, and results one a line.
 */
export const promptfoo: Form = {
  name: 'promptfoo',
  looksFor: 'results of an evaluation with provider, success and promptIdx, vars or latencyMs',
  recognises: (value) => isResult(value) || isResult(resultsIn(value)[0]?.record),
  open: (tools) => ({
    read(value, place) {
      const evalId = isObject(value) ? (textIn(value, 'evalId') ?? idOf(value)) : undefined;
      const found = isResult(value) ? [{ record: value, path: '' }] : resultsIn(value);
      for (const { record, path } of found) readResult(record, { at: below(place, path), evalId, tools });
    },
    end() {},
  }),
};

interface Found {
  readonly record: unknown;
  /** Pointer from the value that was read. */
  readonly path: string;
}

function below(place: Place, path: string): Place {
  return { ...place, pointer: `${place.pointer}${path}` };
}

/** The file of a whole evaluation may call it `id`; a result has an `id` of its own. */
function idOf(value: JsonObject): string | undefined {
  return isObject(value['results']) ? textIn(value, 'id') : undefined;
}

function readResult(
  record: unknown,
  { at, evalId, tools }: { readonly at: Place; readonly evalId: string | undefined; readonly tools: FormTools },
): void {
  if (isResult(record)) writeResult(tools.write, { record, place: at, evalId });
  else tools.problem(`${at.pointer || 'the line'} is no result of an evaluation`, at.line);
}

function isResult(value: unknown): value is JsonObject {
  if (!isObject(value) || typeof (value['success'] ?? value['pass']) !== 'boolean') return false;
  if (!('provider' in value || 'prompt' in value)) return false;
  return 'promptIdx' in value || 'latencyMs' in value || 'vars' in value;
}

function resultsIn(value: unknown): readonly Found[] {
  if (Array.isArray(value)) return listAt(value, '');
  if (!isObject(value)) return [];
  const summary = objectIn(value, 'results');
  if (summary !== undefined) return resultsOf(summary, '/results');
  return resultsOf(value, '');
}

/** A summary has each result in its list and, until version 2, in a table too. */
function resultsOf(summary: JsonObject, path: string): readonly Found[] {
  const results = listOf(summary['results']);
  if (results.length > 0) return listAt(results, `${path}/results`);
  const rows = listOf(objectIn(summary, 'table')?.['body']);
  return rows.flatMap((row, index) => rowAt(row, `${path}/table/body/${index}`, index));
}

function listAt(results: readonly unknown[], path: string): readonly Found[] {
  return results.map((record, index) => ({ record, path: `${path}/${index}` }));
}

/** A row is a test, a cell what one prompt gave for it. */
function rowAt(row: unknown, path: string, testIdx: number): readonly Found[] {
  const { description, test, outputs } = isObject(row) ? row : {};
  return listOf(outputs).map((cell, promptIdx) => ({
    record: isObject(cell) ? { description, test, testIdx, promptIdx, ...cell } : cell,
    path: `${path}/outputs/${promptIdx}`,
  }));
}
