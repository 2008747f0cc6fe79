import { defineMeasure } from '../../../src/contract/measure.ts';
import type { Run } from '../../../src/contract/run.ts';
import { UNSEEN_RUNS } from '../../../src/contract/unseen-runs.ts';
import { keepWitness, mergeWitnesses, type Witness } from '../../../src/contract/witness.ts';
import { addCost, type CostSample, emptySample, mergeCosts } from '../cost-sample.ts';

interface RunCosts {
  /** By scenario id; a scenario without runs is absent. */
  scenarios: Record<string, CostSample>;
  /** The dearest runs, by nano-USD. */
  dearest: Witness[];
  /** Calls without a price and runs without calls. */
  unknownAt: Witness[];
}

/** What runs cost at list price, per scenario: every model call counts, failed attempts and sub-agents included. */
export default defineMeasure<RunCosts, RunCosts>({
  id: 'cost/run-costs',
  population: 'counted',
  unseen: UNSEEN_RUNS,
  empty: () => ({ scenarios: {}, dearest: [], unknownAt: [] }),
  add(state, run) {
    if (run.scenario.match !== 'one') return;
    const { id } = run.scenario;
    state.scenarios[id] ??= emptySample();
    addRun(state, state.scenarios[id], run);
  },
  merge(a, b) {
    const scenarios = { ...a.scenarios };
    for (const [id, sample] of Object.entries(b.scenarios)) {
      scenarios[id] = mergeCosts(scenarios[id] ?? emptySample(), sample);
    }
    return {
      scenarios,
      dearest: mergeWitnesses(a.dearest, b.dearest),
      unknownAt: mergeWitnesses(a.unknownAt, b.unknownAt),
    };
  },
  finish: (state) => (Object.keys(state.scenarios).length === 0 ? undefined : state),
});

function addRun(state: RunCosts, sample: CostSample, run: Run): void {
  let cost = 0n;
  let calls = 0;
  for (const step of run.steps) {
    if (step.type !== 'model') continue;
    calls += 1;
    if (step.costNanoUsd !== undefined) {
      cost += BigInt(step.costNanoUsd);
      continue;
    }
    const reason = step.unpriced ?? 'no-usage';
    sample.unpriced[reason] = (sample.unpriced[reason] ?? 0) + 1;
    keepWitness(state.unknownAt, { value: 1, ref: step.ref });
  }
  if (calls === 0) {
    sample.runsWithoutCalls += 1;
    keepWitness(state.unknownAt, { value: 1, ref: run.ref });
  }
  addCost(sample, cost);
  keepWitness(state.dearest, { value: Number(cost), ref: run.ref });
}
