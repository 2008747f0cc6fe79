import type { Run } from '../contract/run.ts';
import type { RunClass } from './reduce.ts';

/** How many runs there are, by what decides whether they count. */
export interface RunCounts {
  /** Scenario → class of run → runs; only runs that match exactly one scenario. */
  readonly byScenario: ReadonlyMap<string, ReadonlyMap<RunClass, number>>;
  /** Recording (`recordings/0`) → runs bound to what ships. */
  readonly bound: ReadonlyMap<string, number>;
  /** Runs all of whose calls have a price, and their sum. */
  readonly priced: { readonly runs: number; readonly nanoUsd: bigint };
}

export function createRunCounter(): { add(run: Run): void; counts(): RunCounts } {
  const byScenario = new Map<string, Map<RunClass, number>>();
  const bound = new Map<string, number>();
  let priced = { runs: 0, nanoUsd: 0n };
  return {
    add(run) {
      if (run.binding === 'bound') bound.set(run.ref.artifact, (bound.get(run.ref.artifact) ?? 0) + 1);
      if (run.scenario.match === 'one') {
        const classes = byScenario.get(run.scenario.id) ?? new Map<RunClass, number>();
        const runClass: RunClass = `${run.kind}/${run.binding}`;
        byScenario.set(run.scenario.id, classes.set(runClass, (classes.get(runClass) ?? 0) + 1));
      }
      const nanoUsd = costOf(run);
      if (nanoUsd !== undefined) priced = { runs: priced.runs + 1, nanoUsd: priced.nanoUsd + nanoUsd };
    },
    counts: () => ({ byScenario, bound, priced }),
  };
}

/** Undefined when a call has no price, or nothing was called. */
function costOf({ steps }: Run): bigint | undefined {
  let [calls, sum] = [0, 0n];
  for (const step of steps) {
    if (step.type !== 'model' && step.type !== 'embedding') continue;
    if (step.costNanoUsd === undefined) return undefined;
    calls += 1;
    sum += BigInt(step.costNanoUsd);
  }
  return calls === 0 ? undefined : sum;
}
