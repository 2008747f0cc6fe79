import { describe, expect, it } from 'vitest';
import { createTraceCountdown } from './trace-countdown.ts';

const TRACE = Buffer.from('0af7651916cd43dd8448eb211c80319c');

function counted(spans: number) {
  const countdown = createTraceCountdown(2 ** 12);
  for (let i = 0; i < spans; i++) countdown.expect(TRACE, 0, TRACE.length);
  const number = countdown.numberOf(TRACE.toString().toUpperCase());
  return { arrive: () => countdown.arrive(number) };
}

describe('createTraceCountdown', () => {
  it('knows the last span of a trace and those after it, whatever the case of the id', () => {
    const { arrive } = counted(3);
    expect([arrive(), arrive(), arrive(), arrive()]).toEqual(['early', 'early', 'last', 'late']);
  });

  it('never calls a trace complete that has more spans than it counts', () => {
    const { arrive } = counted(70_000);
    const arrivals = new Set(Array.from({ length: 70_001 }, arrive));
    expect(arrivals).toEqual(new Set(['early']));
  });

  it('counts up to its limit exactly', () => {
    const { arrive } = counted(65_533);
    const arrivals = Array.from({ length: 65_533 }, arrive);
    expect(arrivals.indexOf('last')).toBe(65_532);
  });
});
