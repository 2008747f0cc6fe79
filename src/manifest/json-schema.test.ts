import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { CHECKS } from '../cli/catalogue.ts';
import type { Json } from '../contract/json.ts';
import { REPOSITORY } from '../dev/repository.ts';
import { FAKE_CATALOGUE } from '../dev/testing/fake-catalogue.ts';
import { aSource, LEAST_MANIFEST } from '../dev/testing/manifest-source.ts';
import { manifestJsonSchema, policyJsonSchema } from './json-schema.ts';
import { parseManifest } from './parse-manifest.ts';

const compile = (schema: Json) => new Ajv({ strict: false }).compile(schema as object);
const isManifest = compile(manifestJsonSchema(FAKE_CATALOGUE));
const isPolicy = compile(policyJsonSchema(FAKE_CATALOGUE));

const MANIFEST = `${LEAST_MANIFEST}tools: { t: { effect: write } }
timeouts: { model: 20s }
gates: { cost: { monthly-cost: { usd: 9 } }, reliability: { latency: p95<8000 } }
`;

describe('the JSON Schema of a manifest', () => {
  it('is draft-07 and accepts what the parser accepts', () => {
    expect(manifestJsonSchema(FAKE_CATALOGUE)).toMatchObject({ $schema: 'http://json-schema.org/draft-07/schema#' });
    expect(isManifest(parse(MANIFEST)), JSON.stringify(isManifest.errors)).toBe(true);
  });

  it.each([
    ['an unknown key', MANIFEST.replace('timeouts', 'time_outs')],
    ['a missing key', MANIFEST.replace(/ {2}owner.*\n/, '')],
    ['an unknown check', MANIFEST.replace('monthly-cost', 'monthly-costs')],
    ['an unknown limit', MANIFEST.replace('usd', 'eur')],
    ['a limit out of range', MANIFEST.replace('usd: 9', 'usd: -9')],
    ['a duration without unit', MANIFEST.replace('20s', '20')],
    ['two expectations in one entry', MANIFEST.replace('select:', 'expect: [{ contains: a, equals: b }], select:')],
  ])('refuses %s', (_name, text) => {
    expect(text).not.toBe(MANIFEST);
    expect(isManifest(parse(text))).toBe(false);
  });

  it('explains every key and every limit where an editor hovers', () => {
    const silent = undescribed(manifestJsonSchema(FAKE_CATALOGUE)).concat(
      undescribed(policyJsonSchema(FAKE_CATALOGUE)),
    );
    expect(silent).toEqual([]);
    expect(JSON.stringify(manifestJsonSchema(FAKE_CATALOGUE))).toContain(
      'least rate of good runs (ratio); default 0.9',
    );
  });
});

describe('the example manifests', () => {
  it.each(['piloted', 'remediated'])('are accepted by the JSON Schema and by the parser: %s', (form) => {
    const path = join(REPOSITORY, 'examples/fraud-review-assistant', form, 'aigate.yaml');
    const text = readFileSync(path, 'utf8');
    const isExample = compile(manifestJsonSchema(CHECKS));
    expect(isExample(parse(text)), JSON.stringify(isExample.errors)).toBe(true);
    expect(parseManifest(aSource(text), CHECKS).workload.isDemo).toBe(true);
  });
});

describe('the JSON Schema of a policy', () => {
  it('accepts a policy and refuses one that extends another', () => {
    const text = 'version: 1\ncatalogue: 2026-11-21\ngates: { cost: { monthly-cost: { usd: 9 } } }\n';
    expect(isPolicy(parse(text)), JSON.stringify(isPolicy.errors)).toBe(true);
    expect(isPolicy(parse(`${text}extends: base.yaml\n`))).toBe(false);
  });
});

/** Paths of properties that have no description of their own or of their choices. */
function undescribed(schema: Json, path = ''): string[] {
  if (typeof schema !== 'object' || schema === null || Array.isArray(schema)) return [];
  const { properties = {} } = schema as { readonly properties?: Readonly<Record<string, Json>> };
  const silent = Object.entries(properties).flatMap(([name, member]) =>
    (member as { description?: string }).description === undefined ? [`${path}/${name}`] : [],
  );
  return Object.entries(schema).reduce((found, [key, member]) => {
    const members = Array.isArray(member) ? member : [member];
    const below =
      key === 'properties'
        ? Object.entries(properties).map(([name, value]) => [name, value] as const)
        : members.map((value, i) => [`${key}${i}`, value] as const);
    return found.concat(below.flatMap(([name, value]) => undescribed(value, `${path}/${name}`)));
  }, silent);
}
