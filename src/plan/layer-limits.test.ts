import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json } from '../contract/json.ts';
import { exceptions, maximum, minimum } from '../contract/limit.ts';
import type { DeclaredCheck } from '../contract/manifest.ts';
import { fakeCheck } from '../dev/testing/fake-catalogue.ts';
import { type Layer, layerLimits } from './layer-limits.ts';

const LIMITS = {
  most: maximum({ unit: 'usd', description: 'most' }),
  least: minimum({ unit: 'ratio', description: 'least', fallback: 0.5 }),
  except: exceptions({ values: ['a', 'b', 'c'], description: 'except' }),
};
const check = fakeCheck('cost/x', LIMITS);
type Name = keyof typeof LIMITS;

const POSITION = { file: 'f', line: 1, column: 1 };
const layerOf = (layer: Layer['layer'], values: Readonly<Record<string, Json>>): Layer => {
  const declared: DeclaredCheck = { values, positions: {}, position: POSITION };
  return { layer, checks: { 'cost/x': declared } };
};

const values = fc.record(
  {
    most: fc.integer({ min: 0, max: 9 }),
    least: fc.integer({ min: 0, max: 9 }).map((tenths) => tenths / 10),
    except: fc.subarray(['a', 'b', 'c'] as const),
  },
  { requiredKeys: [] },
);
const isAtLeastAsTight = (name: Name, candidate: Json, base: Json) =>
  (LIMITS[name].isAtLeastAsTight as (a: Json, b: Json) => boolean)(candidate, base);

describe('layerLimits', () => {
  it('never holds a value weaker than any policy or, without a policy, the default', () => {
    fc.assert(
      fc.property(fc.array(values, { maxLength: 3 }), values, (policies, manifest) => {
        const layers = [...policies.map((policy) => layerOf('policy', policy)), layerOf('manifest', manifest)];
        const { limits, problems } = layerLimits(check, layers);
        for (const name of ['most', 'least', 'except'] as const) {
          const bars: Json[] = policies.flatMap((policy) => (policy[name] === undefined ? [] : [policy[name]]));
          if (bars.length === 0 && LIMITS[name].fallback !== undefined) bars.push(LIMITS[name].fallback);
          // With problems the plan is not made; even then the first bar stands.
          const binding = problems.length > 0 ? bars.slice(0, 1) : bars;
          for (const bar of binding) expect(isAtLeastAsTight(name, limits[name] ?? null, bar)).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('reports a problem exactly when a layer is weaker than what stands', () => {
    fc.assert(
      fc.property(fc.nat(9), fc.nat(9), (base, candidate) => {
        const { limits, problems } = layerLimits(check, [
          layerOf('policy', { most: base }),
          layerOf('manifest', { most: candidate }),
        ]);
        expect(problems.length > 0).toBe(candidate > base);
        expect(limits['most']).toBe(Math.min(base, candidate));
      }),
    );
  });
});
