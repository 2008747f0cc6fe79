import { describe, expect, it } from 'vitest';
import { createUsualPhrases } from './usual-phrases.ts';

describe('a phrase that stands for a hand-over', () => {
  const drills = { faults: [], scheduled: [], runs: 1, scenarios: [], handedOff: 'to desk', degraded: undefined };

  it('is usual where every ordinary answer of the scenario says it', () => {
    const phrases = createUsualPhrases({ drills });
    expect(phrases.isUsual('to desk', 'a')).toBe(false);
    phrases.add({ scenario: 'a', answer: 'Approved. (Passed to desk on demand)' });
    phrases.add({ scenario: 'a', answer: undefined });
    phrases.add({ scenario: 'b', answer: 'Approved.' });
    expect(phrases.isUsual('to desk', 'a')).toBe(true);
    expect(phrases.isUsual('to desk', 'b')).toBe(false);
    phrases.add({ scenario: 'a', answer: 'Approved.' });
    expect(phrases.isUsual('to desk', 'a')).toBe(false);
  });
});
