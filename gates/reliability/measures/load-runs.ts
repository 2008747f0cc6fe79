import { showingOf as showingOfExpectation, together } from '../../../src/contract/expectation.ts';
import { defineMeasure } from '../../../src/contract/measure.ts';
import { toMicroseconds } from '../../../src/contract/microseconds.ts';
import { mergePerScenario, type PerScenario, perScenario, valueFor } from '../../../src/contract/per-scenario.ts';
import type { Plan } from '../../../src/contract/plan.ts';
import type { Run } from '../../../src/contract/run.ts';
import { addRun, emptyTally, mergeTallies, type RateTally } from '../../../src/contract/statistics/rate-tally.ts';
import { addToSample, type DurationSample, emptySample, mergeSamples } from '../duration-sample.ts';
import { showingOf } from '../ending-showing.ts';

/** What a load came to. */
export interface LoadRuns {
  readonly waits: PerScenario<DurationSample>;
  readonly endings: PerScenario<RateTally>;
  arrivals: number;
  dropped: number;
  /** Arrivals whose time is not recorded. */
  untimed: number;
  /** Intended start of the first and last arrival, in microseconds since 1970; from last to first while there is none. */
  firstUs: number;
  lastUs: number;
}

/**
 * How long the runs of a load took from their intended start, how they ended, and at which rate they arrived. Who was
 * turned away counts as failed, and as having waited for as long as a run may take; who was fobbed off without a model
 * counts as failed.
 */
export default defineMeasure<LoadRuns, LoadRuns>({
  id: 'reliability/load-runs',
  population: 'load',
  unseen: {
    input: 'runs under load',
    remedy: 'Declare live.load with the rate of traffic.peakPerSecond, such as { rate: 3/s, for: 60s }.',
  },
  empty: ({ scenarios }) => ({
    waits: perScenario(scenarios, emptySample),
    endings: perScenario(scenarios, emptyTally),
    ...{ arrivals: 0, dropped: 0, untimed: 0, firstUs: Number.MAX_SAFE_INTEGER, lastUs: 0 },
  }),
  add(state, run, plan) {
    const [wait, ending] = [valueFor(state.waits, run), valueFor(state.endings, run)];
    if (wait === undefined || ending === undefined) return;
    state.arrivals += 1;
    if (run.load === 'dropped') state.dropped += 1;
    const startUs = toMicroseconds(run.startMs);
    if (startUs === undefined) state.untimed += 1;
    else {
      state.firstUs = Math.min(state.firstUs, startUs);
      state.lastUs = Math.max(state.lastUs, startUs);
    }
    addToSample(wait, { durationMs: waitOf(run, plan), ref: run.ref });
    addRun(ending, run.load === 'dropped' || wasFobbedOff(run, plan) ? 'bad' : showingOf(run), run.ref);
  },
  merge: (a, b) => ({
    waits: mergePerScenario(a.waits, b.waits, mergeSamples),
    endings: mergePerScenario(a.endings, b.endings, mergeTallies),
    arrivals: a.arrivals + b.arrivals,
    dropped: a.dropped + b.dropped,
    untimed: a.untimed + b.untimed,
    firstUs: Math.min(a.firstUs, b.firstUs),
    lastUs: Math.max(a.lastUs, b.lastUs),
  }),
  finish: (state) => (state.arrivals > 0 ? state : undefined),
});

/** Whether no model was asked, and what came instead is not what is expected: a service that is busy says so politely. */
function wasFobbedOff(run: Run, { scenarios }: Plan): boolean {
  if (run.steps.some(({ type }) => type === 'model')) return false;
  const scenario = scenarios.find(({ id }) => run.scenario.match === 'one' && id === run.scenario.id);
  const expected = scenario?.expect ?? [];
  return together(expected.map((expectation) => showingOfExpectation(expectation, run))) === 'bad';
}

/** ms; undefined = not recorded, or nothing says how long a run may take. */
function waitOf({ load, durationMs }: Run, { live, timeouts }: Plan): number | undefined {
  return load === 'dropped' ? (live?.timeoutMs ?? timeouts.runMs) : durationMs;
}
