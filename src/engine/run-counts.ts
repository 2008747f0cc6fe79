import type { Run } from '../contract/run.ts';
import type { RunClass } from './reduce.ts';

/** How many runs there are, by what decides whether they count. */
export interface RunCounts {
  /** Scenario → class of run → runs; only runs that match exactly one scenario. */
  readonly byScenario: ReadonlyMap<string, ReadonlyMap<RunClass, number>>;
  /** Recording (`recordings/0`) → runs bound to what ships. */
  readonly bound: ReadonlyMap<string, number>;
  /** Runs all of whose calls have a price, with their calls and their sum. */
  readonly priced: { readonly runs: number; readonly calls: number; readonly nanoUsd: bigint };
  /** Runs with model calls, and how many these are. */
  readonly asked: { readonly runs: number; readonly calls: number };
}

export function createRunCounter(): { add(run: Run): void; counts(): RunCounts } {
  const byScenario = new Map<string, Map<RunClass, number>>();
  const bound = new Map<string, number>();
  let priced = { runs: 0, calls: 0, nanoUsd: 0n };
  let asked = { runs: 0, calls: 0 };
  return {
    add(run) {
      if (run.load !== undefined || run.harm !== undefined) return;
      if (run.binding === 'bound') bound.set(run.ref.artifact, (bound.get(run.ref.artifact) ?? 0) + 1);
      if (run.scenario.match === 'one') {
        const classes = byScenario.get(run.scenario.id) ?? new Map<RunClass, number>();
        const runClass: RunClass = `${run.kind}/${run.binding}`;
        byScenario.set(run.scenario.id, classes.set(runClass, (classes.get(runClass) ?? 0) + 1));
      }
      const calls = run.steps.filter(({ type }) => type === 'model').length;
      if (calls > 0) asked = { runs: asked.runs + 1, calls: asked.calls + calls };
      const nanoUsd = costOf(run);
      if (nanoUsd === undefined) return;
      priced = { runs: priced.runs + 1, calls: priced.calls + calls, nanoUsd: priced.nanoUsd + nanoUsd };
    },
    counts: () => ({ byScenario, bound, priced, asked }),
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
