import type { Plugin } from 'rolldown';

/** Literals from this length on are worth a call of JSON.parse; smaller ones cost nothing either way. */
const LARGE = 50_000;

/**
 * Turns large JSON files, and large array and object literals at the top of a module, into `JSON.parse('…')`, which the engine reads several
 * times faster than the same literal in source text: https://v8.dev/blog/cost-of-javascript-2019#json.
 * A literal that is not plain data stays as it is.
 */
export function literalsAsJson(): Plugin {
  return {
    name: 'literals-as-json',
    transform(code, _id, { moduleType }) {
      if (code.length < LARGE) return null;
      if (moduleType === 'json') {
        return { code: `export default ${parseCall(JSON.stringify(JSON.parse(code)))};`, moduleType: 'js' };
      }
      let replaced = code;
      // From the end, so that positions before a replacement stay valid.
      for (const { start, end } of largeLiterals(this.parse(code)).toReversed()) {
        const json = asJson(code.slice(start, end));
        if (json === undefined) continue;
        replaced = `${replaced.slice(0, start)}${parseCall(json)}${replaced.slice(end)}`;
      }
      return replaced === code ? null : { code: replaced, map: null };
    },
  };
}

function parseCall(json: string): string {
  return `JSON.parse(${JSON.stringify(json)})`;
}

interface Range {
  readonly start: number;
  readonly end: number;
}

function largeLiterals({ body }: { readonly body: readonly unknown[] }): Range[] {
  return body.flatMap((statement) => declarationsOf(statement)).filter(({ start, end }) => end - start >= LARGE);
}

interface Declaration {
  readonly type: string;
  readonly declarations?: readonly { readonly init: (Range & { readonly type: string }) | null }[];
}

function declarationsOf(statement: unknown): Range[] {
  const { declarations = [] } = statement as Declaration; // every statement of an ESTree has a type
  return declarations.flatMap(({ init }) =>
    init?.type === 'ArrayExpression' || init?.type === 'ObjectExpression' ? [init] : [],
  );
}

/** The JSON of a literal; undefined when it names anything or holds what JSON cannot. */
function asJson(literal: string): string | undefined {
  try {
    const value: unknown = new Function(`'use strict'; return (${literal});`)();
    const json = JSON.stringify(value);
    return isSame(value, JSON.parse(json)) ? json : undefined;
  } catch {
    return undefined;
  }
}

function isSame(a: unknown, b: unknown): boolean {
  if (typeof a !== 'object' || a === null || typeof b !== 'object' || b === null) return Object.is(a, b);
  const [keys, others] = [Object.keys(a), Object.keys(b)];
  return (
    Array.isArray(a) === Array.isArray(b) &&
    keys.length === others.length &&
    keys.every((key) => isSame(Reflect.get(a, key), Reflect.get(b, key)))
  );
}
