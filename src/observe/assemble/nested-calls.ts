import { modelName } from '../../contract/model-name.ts';
import { ROLES, type SpanRow } from './span-row.ts';

/** What the innermost model calls below a span say together. */
export interface NestedCalls {
  /** Bare names of the models asked for and served; undefined = more than are worth comparing. */
  names: ReadonlySet<string> | undefined;
  /** Sums of tokens; NaN when one call does not record them. */
  input: number;
  output: number;
}

/** Nested calls of one span name one or two models; with more, whatever encloses them is taken as repeating them. */
const MOST_NAMES = 8;
const ROOT = -1;

/**
 * By position of every span above model calls, what the innermost of them say. Linear in the number of spans: children
 * before parents, each handing its sums on once. Spans on a circle hand nothing on.
 */
export function callsWithin(
  rows: readonly SpanRow[],
  parents: readonly number[],
  isAbove: readonly boolean[],
): readonly (NestedCalls | undefined)[] {
  const within: (NestedCalls | undefined)[] = rows.map(() => undefined);
  const waiting = rows.map(() => 0);
  for (const parent of parents) if (parent !== ROOT) waiting[parent] = (waiting[parent] ?? 0) + 1;
  const ready = [...rows.keys()].filter((position) => waiting[position] === 0);
  for (let position = ready.pop(); position !== undefined; position = ready.pop()) {
    const row = rows[position];
    const isInnermost = row?.role === ROLES.model && isAbove[position] === false;
    const own = isInnermost ? callOf(row) : within[position];
    const parent = parents[position] ?? ROOT;
    if (parent === ROOT) continue;
    if (own !== undefined) within[parent] = together(within[parent], own);
    waiting[parent] = (waiting[parent] ?? 0) - 1;
    if (waiting[parent] === 0) ready.push(parent);
  }
  return within;
}

/** Whether a model span may be the same call as those within it, told once more. */
export function mayRestate({ model }: SpanRow, within: NestedCalls): boolean {
  if (model === undefined) return true;
  const { input, output } = model.usage;
  if (input === undefined && output === undefined) return true;
  if ((input ?? 0) === within.input && (output ?? 0) === within.output) return true;
  const names = namesOf(model);
  return names.length === 0 || within.names === undefined || names.some((name) => within.names?.has(name));
}

function callOf({ model }: SpanRow): NestedCalls {
  return {
    names: new Set(model === undefined ? [] : namesOf(model)),
    input: model?.usage.input ?? Number.NaN,
    output: model?.usage.output ?? Number.NaN,
  };
}

function namesOf({ requestedModel, servedModel }: NonNullable<SpanRow['model']>): string[] {
  return [requestedModel, servedModel].flatMap((name) => (name === undefined ? [] : [modelName(name)]));
}

function together(a: NestedCalls | undefined, b: NestedCalls): NestedCalls {
  if (a === undefined) return b;
  const names = a.names === undefined || b.names === undefined ? undefined : new Set([...a.names, ...b.names]);
  return {
    names: names !== undefined && names.size <= MOST_NAMES ? names : undefined,
    input: a.input + b.input,
    output: a.output + b.output,
  };
}
