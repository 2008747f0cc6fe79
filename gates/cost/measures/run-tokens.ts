import { defineMeasure } from '../../../src/contract/measure.ts';
import { mergePerScenario, type PerScenario, perScenario, valueFor } from '../../../src/contract/per-scenario.ts';
import type { Run } from '../../../src/contract/run.ts';
import { UNSEEN_RUNS } from '../../../src/contract/unseen-runs.ts';
import { keepWitness } from '../../../src/contract/witness.ts';
import { addTokens, emptyTokens, mergeTokens, type TokenSample } from '../token-sample.ts';

/** How many tokens the runs of each scenario take, and in how many model calls. */
export default defineMeasure<PerScenario<TokenSample>, PerScenario<TokenSample>>({
  id: 'cost/run-tokens',
  population: 'counted',
  unseen: UNSEEN_RUNS,
  empty: ({ scenarios }) => perScenario(scenarios, emptyTokens),
  add(state, run) {
    const sample = valueFor(state, run);
    if (sample !== undefined) addRun(sample, run);
  },
  merge: (a, b) => mergePerScenario(a, b, mergeTokens),
  finish: (state) => (Object.values(state).some(({ runs }) => runs > 0) ? state : undefined),
});

/** A refused call without counts used no token; any other call without them used some that nobody counted. */
function addRun(sample: TokenSample, run: Run): void {
  let tokens = 0;
  let calls = 0;
  let isPartial = false;
  for (const step of run.steps) {
    if (step.type !== 'model') continue;
    calls += 1;
    tokens += (step.usage.input ?? 0) + (step.usage.output ?? 0);
    if (step.usageSource === 'estimated') sample.estimatedCalls += 1;
    if (step.unpriced !== 'no-usage' && step.unpriced !== 'contradictory-usage') continue;
    isPartial = true;
    sample.uncounted[step.unpriced] = (sample.uncounted[step.unpriced] ?? 0) + 1;
    keepWitness(sample.unknownAt, { value: 1, ref: step.ref });
  }
  if (calls === 0) {
    isPartial = true;
    sample.runsWithoutCalls += 1;
    keepWitness(sample.unknownAt, { value: 1, ref: run.ref });
  }
  sample.calls += calls;
  if (isPartial) sample.partialRuns += 1;
  keepWitness(sample.largest, { value: addTokens(sample, tokens), ref: run.ref });
}
