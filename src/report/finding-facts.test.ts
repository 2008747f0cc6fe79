import { describe, expect, it } from 'vitest';
import type { Finding } from '../contract/finding.ts';
import { aFinding, aRef } from '../dev/testing/builders.ts';
import { aResult } from '../dev/testing/results.ts';
import { factsOf } from './finding-facts.ts';

const ORIGINS: Finding['limitOrigins'] = {
  p50: { layer: 'policy', at: 'policy.yaml:7' },
  p95: { layer: 'manifest', at: 'workload/aigate.yaml:35' },
  graceRatio: { layer: 'default', at: undefined },
};
const limitOf = (overrides: Partial<Finding>) =>
  factsOf(aFinding({ limitOrigins: ORIGINS, ...overrides }), aResult()).find(({ label }) => label === 'Limit')?.text;

describe('the limit of a finding', () => {
  it.each([
    ['p50', '20 USD, from policy.yaml:7 (policy)'],
    ['p95', '20 USD, from workload/aigate.yaml:35 (manifest)'],
    ['graceRatio', '20 USD, from the built-in default'],
  ])('has the origin of %s where that decided, whatever the others are', (limitName, text) => {
    expect(limitOf({ limitName })).toBe(text);
  });

  it('has the declaration that is cited as its origin where no limit of the check decided', () => {
    const evidence = [aRef(9), { artifact: 'manifest', line: 21, pointer: '/scenarios/0/share' }];
    expect(limitOf({ evidence })).toBe('20 USD, judged by workload/aigate.yaml:21');
  });

  it('has no origin where nothing says what set it', () => {
    expect(limitOf({ evidence: [aRef(9)] })).toBe('20 USD');
    expect(limitOf({ limitName: 'toString' })).toBe('20 USD');
    expect(limitOf({ limit: null })).toBe('none was applied');
  });
});
