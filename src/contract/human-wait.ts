import type { Run } from './run.ts';

/**
 * How long the workload itself took, in ms: the duration of the run less the time it waited for a human decision
 * (recorded approvals by a human; overlapping ones count once, only their part inside the run). An approval without
 * recorded start or duration subtracts nothing. Undefined when the duration of the run is not recorded; one that is no
 * duration (below 0) is given back as it is, never as 0.
 */
export function ownDurationMs(run: Pick<Run, 'startMs' | 'durationMs' | 'steps'>): number | undefined {
  const { startMs, durationMs } = run;
  if (startMs === undefined || durationMs === undefined || durationMs < 0) return durationMs;
  const waits = run.steps
    .flatMap((step) => {
      const isHuman = step.type === 'approval' && step.by === 'human';
      if (!isHuman || step.startMs === undefined || step.durationMs === undefined) return [];
      return [
        [Math.max(step.startMs, startMs), Math.min(step.startMs + step.durationMs, startMs + durationMs)] as const,
      ];
    })
    .sort(([a], [b]) => a - b);
  let [waitedMs, reachedMs] = [0, 0];
  for (const [fromMs, toMs] of waits) {
    waitedMs += Math.max(0, toMs - Math.max(fromMs, reachedMs));
    reachedMs = Math.max(reachedMs, toMs);
  }
  return Math.max(0, durationMs - waitedMs);
}
