import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aModelCall, anApproval, aRun } from '../dev/testing/builders.ts';
import { ownDurationMs } from './human-wait.ts';

const wait = (startMs: number, durationMs: number | undefined, by: 'human' | 'policy' = 'human') =>
  anApproval({ startMs, durationMs, by });
const run = (...steps: ReturnType<typeof wait>[]) => aRun({ startMs: 1_000, durationMs: 100, steps });

describe('ownDurationMs', () => {
  it('is the duration of a run that waited for nobody', () => {
    expect(ownDurationMs(run())).toBe(100);
    expect(ownDurationMs(run(wait(1_010, 50, 'policy')))).toBe(100);
  });

  it('leaves out the wait for a human, overlapping waits once', () => {
    expect(ownDurationMs(run(wait(1_010, 50)))).toBe(50);
    expect(ownDurationMs(run(wait(1_010, 50), wait(1_030, 50)))).toBe(30);
    expect(ownDurationMs(run(wait(1_030, 10), wait(1_010, 50)))).toBe(50);
  });

  it('counts only the part of a wait inside the run', () => {
    expect(ownDurationMs(run(wait(900, 150)))).toBe(50);
    expect(ownDurationMs(run(wait(2_000, 50)))).toBe(100);
  });

  it('counts no time in which a model or a tool was at work as waiting', () => {
    const working = aModelCall({ startMs: 1_000, durationMs: 90 });
    expect(ownDurationMs(aRun({ startMs: 1_000, durationMs: 100, steps: [working, wait(1_000, 100)] }))).toBe(90);
  });

  it("counts a request that nobody decided as the workload's own time", () => {
    const open = anApproval({ startMs: 1_010, durationMs: 50, by: 'human', decision: undefined });
    expect(ownDurationMs(run(open))).toBe(100);
  });

  it('subtracts nothing for a wait without recorded times', () => {
    expect(ownDurationMs(run(wait(1_010, undefined)))).toBe(100);
  });

  it('is not recorded when the duration of the run is not', () => {
    expect(ownDurationMs(aRun({ durationMs: undefined, steps: [wait(1_010, 50)] }))).toBeUndefined();
  });

  it('is never below zero for Unix times with parts of a millisecond', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 1, max: 1e6, noNaN: true }),
        (part, durationMs) => {
          const startMs = 1_763_294_400_000 + part;
          const covering = aRun({
            startMs,
            durationMs,
            steps: [wait(startMs, durationMs), wait(startMs + part, durationMs)],
          });
          expect(ownDurationMs(covering)).toBeGreaterThanOrEqual(0);
          expect(ownDurationMs(covering)).toBeCloseTo(0, 2);
        },
      ),
    );
  });

  it('lies between zero and the duration of the run, whatever was recorded', () => {
    const aWait = fc
      .tuple(fc.integer({ min: 0, max: 3_000 }), fc.nat(3_000))
      .map(([start, length]) => wait(start, length));
    fc.assert(
      fc.property(fc.array(aWait), (steps) => {
        const own = ownDurationMs(run(...steps)) ?? -1;
        expect(own).toBeGreaterThanOrEqual(0);
        expect(own).toBeLessThanOrEqual(100);
      }),
    );
  });
});
