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
  const waits = steps.filter(isHumanDecision);
  if (waits.length === 0) return durationMs;
  // From the start of the run: Unix times are so large that their sums round away parts of a millisecond.
  const within = (some: readonly Step[]) => some.flatMap((step) => clipped(step, startMs, durationMs));
  const work = within(steps.filter(({ type }) => type !== 'approval'));
  return Math.max(0, durationMs - (covered([...within(waits), ...work]) - covered(work)));
}

function isHumanDecision(step: Step): boolean {
  return step.type === 'approval' && step.by === 'human' && step.decision !== undefined;
}

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
