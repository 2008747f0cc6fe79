import type { Run, Step } from './run.ts';

type Interval = readonly [fromMs: number, toMs: number];

/**
 * How long the workload itself took, in ms: the duration of the run less the time in which it did nothing but wait for
 * a human decision that was given (recorded approvals by a human; overlapping ones count once, only their part inside
 * the run, and no time in which a model or tool was at work). What has no recorded start or duration subtracts nothing.
 * Undefined when the duration of the run is not recorded; one below 0 is no duration and given back as it is.
 */
export function ownDurationMs(run: Pick<Run, 'startMs' | 'durationMs' | 'steps'>): number | undefined {
  const { startMs, durationMs, steps } = run;
  if (startMs === undefined || durationMs === undefined || durationMs < 0) return durationMs;
  const waits = steps.filter(isHumanDecision).flatMap((step) => clipped(step, startMs, durationMs));
  if (waits.length === 0) return durationMs;
  const from = Math.min(...waits.map(([start]) => start));
  const to = Math.max(...waits.map(([, end]) => end));
  const work = steps
    .filter((step) => step.type !== 'approval' && overlaps(step, startMs + from, startMs + to))
    .flatMap((step) => clipped(step, startMs, durationMs));
  return Math.max(0, durationMs - (covered([...waits, ...work]) - covered(work)));
}

function isHumanDecision(step: Step): boolean {
  return step.type === 'approval' && step.by === 'human' && step.decision !== undefined;
}

function overlaps({ startMs, durationMs }: Step, from: number, to: number): boolean {
  return startMs !== undefined && durationMs !== undefined && startMs <= to && startMs + durationMs >= from;
}

/** From the start of the run: Unix times are so large that their sums round away parts of a millisecond. */
function clipped(step: Step, startMs: number, durationMs: number): Interval[] {
  if (step.startMs === undefined || step.durationMs === undefined) return [];
  const fromMs = step.startMs - startMs;
  return [[Math.max(fromMs, 0), Math.min(fromMs + step.durationMs, durationMs)]];
}

/** Length of the union. */
function covered(intervals: readonly Interval[]): number {
  let [total, reached] = [0, 0];
  for (const [from, to] of [...intervals].sort(([a], [b]) => a - b)) {
    total += Math.max(0, to - Math.max(from, reached));
    reached = Math.max(reached, to);
  }
  return total;
}
