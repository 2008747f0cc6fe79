import { describe, expect, it } from 'vitest';
import { aScenario } from '../../dev/testing/builders.ts';
import { moreRuns, samplesToJudge } from './samples.ts';

const scenarios = [
  aScenario({ id: 'a', share: 0.6 }),
  aScenario({ id: 'b', share: 0.36, critical: true }),
  aScenario({ id: 'c', share: 0.04 }),
];
const labels = (counts: Record<string, number>) => samplesToJudge(counts, scenarios).map(({ label }) => label);

describe('samplesToJudge', () => {
  it('pools a sample in the mix of the traffic, with critical scenarios on their own too', () => {
    expect(labels({ a: 60, b: 36, c: 4 })).toEqual(['all scenarios pooled', 'scenario b']);
  });

  it('judges every scenario when the mix is another one', () => {
    expect(labels({ a: 20, b: 40, c: 40 })).toEqual(['scenario a', 'scenario b', 'scenario c']);
  });

  it('judges every scenario when one has no run, however small its share', () => {
    expect(labels({ a: 62, b: 38, c: 0 })).toEqual(['scenario a', 'scenario b', 'scenario c']);
    expect(labels({})).toHaveLength(3);
  });

  it('judges a single critical scenario once', () => {
    const only = [aScenario({ id: 'a', share: 1, critical: true })];
    expect(samplesToJudge({ a: 3 }, only)).toEqual([{ label: 'scenario a', ids: ['a'] }]);
  });
});

describe('moreRuns', () => {
  it.each([
    [59, '59 runs'],
    [0, '1 run'],
    [Number.NEGATIVE_INFINITY, '1 run'],
  ])('asks for %d runs as %s', (fewest, text) => {
    expect(moreRuns({ label: 'scenario a', ids: ['a'] }, fewest).remedy).toContain(`at least ${text} of`);
  });
});
