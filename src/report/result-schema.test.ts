import { Ajv } from 'ajv';
import { describe, expect, expectTypeOf, it } from 'vitest';
import type { z } from 'zod';
import type { Json } from '../contract/json.ts';
import type { RunResult } from '../contract/result.ts';
import { STORIES } from '../dev/testing/report-stories.ts';
import { aResult } from '../dev/testing/results.ts';
import { renderJson } from './json.ts';
import { resultJsonSchema, resultSchema } from './result-schema.ts';

/** The shape a value takes in JSON: a key that may be undefined in memory may be absent in text. */
type InJson<T> = [Json] extends [T] ? T : T extends object ? InJsonObject<T> : T;
type InJsonObject<T extends object> = T extends readonly unknown[]
  ? { readonly [K in keyof T]: InJson<T[K]> }
  : Flat<
      { readonly [K in keyof T as undefined extends T[K] ? never : K]: InJson<T[K]> } & {
        readonly [K in keyof T as undefined extends T[K] ? K : never]?: InJson<Exclude<T[K], undefined>>;
      }
    >;
type Flat<T> = { [K in keyof T]: T[K] };

describe('the schema of results', () => {
  const validate = new Ajv({ strict: false, validateFormats: false }).compile(resultJsonSchema() as object);

  it('has exactly the type of RunResult', () => {
    expectTypeOf<InJson<z.output<typeof resultSchema>>>().toEqualTypeOf<InJson<RunResult>>();
  });
  it.each(Object.values(STORIES))('accepts what renderJson writes of the %o story', (story) => {
    const published = JSON.parse(renderJson(story()));
    expect(resultSchema.parse(published)).toEqual(published);
    expect(validate(published), JSON.stringify(validate.errors)).toBe(true);
  });
  it.each([
    ['an unknown key', { extra: 1 }],
    ['an unknown decision', { decision: 'pass-ish' }],
    ['a missing verdict', { decision: undefined }],
    ['another version', { schemaVersion: 2 }],
  ])('refuses %s', (_name, change) => {
    const published = JSON.parse(JSON.stringify({ ...JSON.parse(renderJson(aResult())), ...change }));
    expect(resultSchema.safeParse(published).success).toBe(false);
    expect(validate(published)).toBe(false);
  });
});
