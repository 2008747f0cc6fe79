import { describe, expect, it } from 'vitest';
import { closest } from './suggestion.ts';

describe('closest', () => {
  it.each([
    ['ownr', 'owner'],
    ['Owner', 'owner'],
    ['primary_model', 'primaryModel'],
    ['contian', 'contains'],
    ['prod', 'production'],
    ['own', 'owner'],
  ])('takes %s for %s', (typed, meant) => {
    expect(closest(typed, ['production', 'contains', 'primaryModel', 'owner'])).toBe(meant);
  });

  it('prefers the nearest', () => {
    expect(closest('modle', ['mode', 'model', 'module'])).toBe('mode');
    expect(closest('latencies', ['latency', 'late'])).toBe('latency');
  });

  it.each(['zebra', '', 'x'.repeat(100_000)])('has nothing for what is far from everything', (typed) => {
    expect(closest(typed, ['production', 'contains'])).toBeUndefined();
  });
});
