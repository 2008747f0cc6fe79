import { describe, expect, it } from 'vitest';
import type { Run } from '../../../src/contract/run.ts';
import { aContext, aPlan, aRef, runs } from '../../../src/dev/testing/builders.ts';
import { testCheck } from '../../../src/dev/testing/check-tester.ts';
import { measured } from '../../../src/dev/testing/measured.ts';
import bindings from '../measures/bindings.ts';
import check from './run-binding.ts';

const limits = { ratio: 1 };
const own = aPlan().release.artifactsDigest;
const other = `sha256:${'f'.repeat(64)}`;
const over = (make: (index: number) => Partial<Run>) => ({
  seen: {
    bindings: measured(
      bindings,
      runs(10, (i) => ({ ref: aRef(i), ...make(i) })),
    ),
  },
});
const first = (count: number, run: Partial<Run>) => (index: number) => (index < count ? run : {});
const elsewhere = { binding: 'mismatched', artifactsDigest: other } as const;

describe('evidence/run-binding', () => {
  it('publishes the share it compared: with the runs that do not say where even they are too few', () => {
    const { seen } = over((i) => (i < 5 ? elsewhere : i < 7 ? { binding: 'unbound' } : {}));
    expect(check.evaluate(seen, { ratio: 0.9 }, aContext())).toMatchObject({
      outcome: 'fail',
      measured: { value: 0.5, unit: 'ratio' },
      estimate: { value: 0.3, unit: 'ratio' },
      limit: { value: 0.9, unit: 'ratio' },
    });
  });
});

testCheck(check, {
  pass: [
    {
      name: 'every run is bound',
      ...over(() => ({})),
      limits,
      says: '10 of 10 runs were recorded against this release',
    },
    {
      name: 'exactly the share of the limit is bound',
      ...over(first(1, elsewhere)),
      limits: { ratio: 0.9 },
      says: `1 of 10 runs were recorded against another release: ${other}`,
    },
    {
      name: 'an environment that may be production',
      ...over(() => ({ environment: 'eu-west-blue' })),
      limits,
      says: '10 of 10',
    },
  ],
  fail: [
    {
      name: 'one run too many is of another release',
      ...over(first(2, elsewhere)),
      limits: { ratio: 0.9 },
      says: `${other} (2); this release is ${own}`,
    },
    {
      name: 'runs are of another revision',
      ...over(first(1, { binding: 'mismatched', revision: 'abc' })),
      limits,
      says: '"revision abc" (1)',
    },
    {
      name: 'runs of staging are declared as production',
      ...over(first(3, { environment: 'staging' })),
      limits,
      says: '3 runs of sources declared as production recorded in another environment: staging (3)',
    },
    {
      name: 'a false origin is not a matter of degree',
      ...over(first(1, { environment: 'test' })),
      limits: { ratio: 0 },
      says: 'test (1)',
    },
  ],
  inconclusive: [
    {
      name: 'no run says which release it ran, although next to nothing is demanded',
      ...over(() => ({ binding: 'unbound' })),
      limits: { ratio: 0 },
      says: '10 of 10 runs do not say',
    },
    {
      name: 'one run does not say',
      ...over(first(1, { binding: 'unbound' })),
      limits,
      says: '1 of 10 runs do not say which release they ran',
    },
    {
      name: 'it may be enough if the unbound runs are of this release',
      ...over((i) => (i === 0 ? elsewhere : i === 1 ? { binding: 'unbound' } : {})),
      limits: { ratio: 0.9 },
      says: '1 of 10 runs do not say',
    },
  ],
});
