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
const layerOf = (layer: Layer['layer'], values: Readonly<Record<string, Json>>, isBase = false): Layer => {
  const declared: DeclaredCheck = { values, positions: {}, position: POSITION };
  return { layer, isBase, checks: { 'cost/x': declared } };
};
const policyLayers = (policies: readonly Readonly<Record<string, Json>>[]) =>
  policies.map((policy, i) => layerOf('policy', policy, i === 0));

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
        const layers = [...policyLayers(policies), layerOf('manifest', manifest)];
        const { limits, problems } = layerLimits(check, layers);
        for (const name of ['most', 'least', 'except'] as const) {
          const bars: Json[] = policies.flatMap((policy) => (policy[name] === undefined ? [] : [policy[name]]));
          // Only the base policy may set a weaker bar than the default.
          const isDefaultKept = policies[0]?.[name] === undefined;
          if (isDefaultKept && LIMITS[name].fallback !== undefined) bars.unshift(LIMITS[name].fallback);
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
          layerOf('policy', { most: base }, true),
          layerOf('manifest', { most: candidate }),
        ]);
        expect(problems.length > 0).toBe(candidate > base);
        expect(limits['most']).toBe(Math.min(base, candidate));
      }),
    );
  });

  it('lets the base policy loosen a default, and nobody after it', () => {
    const loose = { least: 0.1 };
    expect(layerLimits(check, policyLayers([loose]))).toMatchObject({ limits: { least: 0.1 }, problems: [] });
    for (const later of [layerOf('policy', loose), layerOf('manifest', loose)]) {
      const { limits, problems } = layerLimits(check, [layerOf('policy', {}, true), later]);
      expect(limits['least']).toBe(0.5);
      expect(problems).toHaveLength(1);
    }
  });
});
