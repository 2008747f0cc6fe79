import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aFinding } from '../../dev/testing/builders.ts';
import { markupOf } from './html.ts';
import { scale } from './scale.ts';

const drawn = (measured: number | null, limit: number | null, estimate: number | null = null) => {
  const of = (value: number | null) => (value === null ? null : { value, unit: 'ms' as const });
  return markupOf(
    scale(aFinding({ outcome: 'fail', measured: of(measured), limit: of(limit), estimate: of(estimate) })),
  );
};
const at = (svg: string, part: RegExp) => Number(part.exec(svg)?.[1]);

describe('scale', () => {
  it('starts at zero when the values lie far apart', () => {
    const svg = drawn(19_812, 9000, 21_590);
    const [limit, observed] = [at(svg, /class="limit" x1="(\d+)"/), at(svg, /class="observed" cx="(\d+)"/)];
    expect((limit - 12) / (observed - 12)).toBeCloseTo(9000 / 19_812, 2);
  });
  it('keeps values apart that lie close together', () => {
    const svg = drawn(8001, 8000);
    expect(at(svg, /class="observed" cx="(\d+)"/) - at(svg, /class="limit" x1="(\d+)"/)).toBeGreaterThan(100);
  });
  it('says in words what it draws', () => {
    expect(drawn(8001, 8000)).toContain('aria-label="Observed 8,001 ms against a limit of 8,000 ms"');
  });
  it.each([
    ['nothing was measured', null, 1],
    ['there is no limit', 1, null],
    ['both are equal', 5, 5],
    ['a value is no number', Number.NaN, 5],
    ['a value is infinite', Number.POSITIVE_INFINITY, 5],
    ['a value is negative', -1, 5],
  ])('draws nothing when %s', (_name, measured, limit) => {
    expect(drawn(measured, limit)).toBe('');
  });
  it('draws inside its frame, whatever is compared', () => {
    const value = fc.double({ min: 0, max: 1e300, noNaN: true });
    fc.assert(
      fc.property(value, value, fc.option(value), (measured, limit, estimate) => {
        for (const [, x] of drawn(measured, limit, estimate).matchAll(/ (?:x1|x2|cx|x)="([^"]*)"/g)) {
          expect(Number(x)).toBeGreaterThanOrEqual(12);
          expect(Number(x)).toBeLessThanOrEqual(628);
        }
      }),
    );
  });
});
