import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { jsonValue } from '../../contract/json-value.ts';
import { observe } from '../../dev/testing/observation.ts';
import { FORMS } from './forms.ts';

const root = new URL('../../../fixtures/forms/', import.meta.url);

const FIXTURES = readdirSync(root).flatMap((form) =>
  readdirSync(new URL(`${form}/`, root))
    .filter((name) => /\.jsonl?$/.test(name))
    .map((name) => [form, name, readFileSync(new URL(`${form}/${name}`, root), 'utf8')] as const),
);

/** A document, or the lines of one. */
function valuesOf(text: string): readonly unknown[] {
  const document = jsonValue(text);
  return document === undefined ? text.trimEnd().split('\n').map(jsonValue) : [document];
}

describe('the forms of recordings', () => {
  it.each(FIXTURES)('%s alone is seen in %s', (form, _name, text) => {
    for (const value of valuesOf(text)) {
      if (value === undefined) continue;
      expect(FORMS.filter(({ recognises }) => recognises(value)).map(({ name }) => name)).toEqual([form]);
    }
  });

  it.each(FIXTURES)('%s has places that lead to the record: %s', async (form, _name, text) => {
    const { runs, sources } = await observe({ a: text });
    expect(sources[0]?.form).toBe(form);
    expect(runs.length).toBeGreaterThan(0);
    const document = jsonValue(text);
    const lines = text.split('\n');
    for (const { line, pointer } of runs.flatMap((run) => [run.ref, ...run.steps.map(({ ref }) => ref)])) {
      let at: unknown = document ?? jsonValue(lines[line - 1] ?? '');
      for (const part of pointer.split('/').slice(1)) {
        const key = part.replaceAll('~1', '/').replaceAll('~0', '~');
        at = typeof at === 'object' && at !== null ? Reflect.get(at, key) : undefined;
      }
      expect(at, `${line} ${pointer}`).toBeTypeOf('object');
    }
  });

  it.each(FORMS.map(({ name, recognises }) => [name, recognises] as const))(
    '%s is not seen in what is none',
    (_, seen) => {
      const deep = JSON.parse(`${'['.repeat(3_000)}${']'.repeat(3_000)}`);
      const others = [
        null,
        true,
        0,
        '',
        'x',
        [],
        {},
        [[]],
        [null],
        [{}],
        JSON.parse('{"__proto__":{"role":"x"}}'),
        deep,
      ];
      expect(others.filter(seen)).toEqual([]);
    },
  );
});
