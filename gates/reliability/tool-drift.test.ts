import { describe, expect, it } from 'vitest';
import { addName, emptyNames } from '../../src/contract/name-counts.ts';
import { emptyBehaviour, type ToolSample } from './behaviour.ts';
import { toolDrift } from './tool-drift.ts';

const pair = <T>(before: T, after: T, weight = 1) => ({ weight, before, after });

describe('toolDrift', () => {
  /** Runs with one call each. */
  const tools = (counts: Readonly<Record<string, number>>, runsWithout = 0): ToolSample => {
    const calls = emptyNames();
    for (const [name, count] of Object.entries(counts)) addName(calls, name, count);
    return { ...emptyBehaviour().tools, calls, runsWithout, squares: calls.total + runsWithout };
  };

  it('is half the summed difference of shares', () => {
    expect(toolDrift([pair(tools({ a: 50, b: 50 }), tools({ a: 50, c: 50 }))])).toMatchObject({ estimate: 0.5 });
    expect(toolDrift([pair(tools({ a: 100 }), tools({ a: 200 }))])).toMatchObject({ estimate: 0, lower: 0 });
    expect(toolDrift([pair(tools({ a: 100 }), tools({ b: 100 }))])).toMatchObject({ estimate: 1, upper: 1 });
  });

  it('sees that tools are no longer called', () => {
    expect(toolDrift([pair(tools({ a: 100 }), tools({ a: 40 }, 60))])).toMatchObject({ estimate: 0.6 });
  });

  it('counts calls of one run as what they are: not independent', () => {
    const independent = tools({ a: 400 });
    const clustered = { ...independent, squares: 400 * 4 };
    expect(toolDrift([pair(clustered, clustered)])?.upper).toBeCloseTo(
      2 * (toolDrift([pair(independent, independent)])?.upper ?? 0),
      9,
    );
  });

  it('proves nothing where every call is of a tool of its own', () => {
    const own = (letter: string) =>
      tools(Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`${letter}${i}`, 1])));
    expect(toolDrift([pair(own('a'), own('b'))])).toMatchObject({ estimate: 1, lower: 0 });
  });

  it('has no bound without calls and runs', () => {
    expect(toolDrift([pair(tools({}), tools({ a: 1 }))])).toBeUndefined();
  });

  it('contains the true distance in at least 95 of 100 samples on either side', () => {
    // Two tools, so that the distance is the difference of one share; exact over both binomials.
    const [n, p, q] = [60, 0.5, 0.7];
    const masses = (share: number) => {
      const all = [(1 - share) ** n];
      for (let k = 1; k <= n; k++) all.push(((all[k - 1] ?? 0) * (n - k + 1) * share) / (k * (1 - share)));
      return all;
    };
    let [overLower, underUpper] = [0, 0];
    for (const [k, ofBefore] of masses(p).entries()) {
      for (const [j, ofAfter] of masses(q).entries()) {
        const drift = toolDrift([pair(tools({ a: k, b: n - k }), tools({ a: j, b: n - j }))]);
        if ((drift?.lower ?? 1) <= q - p) overLower += ofBefore * ofAfter;
        if ((drift?.upper ?? 0) >= q - p) underUpper += ofBefore * ofAfter;
      }
    }
    expect(overLower).toBeGreaterThanOrEqual(0.95);
    expect(underUpper).toBeGreaterThanOrEqual(0.95);
  });
});
