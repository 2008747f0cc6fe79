import { ownDurationMs } from '../../../src/contract/human-wait.ts';
import { defineMeasure } from '../../../src/contract/measure.ts';
import { addDuration, countOf, type Durations, emptyDurations, mergeDurations } from '../durations.ts';

/** Durations of every model call, every tool call and every run, a run without its waits for a human decision. */
export type CallDurations = Readonly<Record<'model' | 'tool' | 'run', Durations>>;

/** The longest calls of each kind: a timeout bounds every single call, so no percentile is kept. */
export default defineMeasure<CallDurations, CallDurations>({
  id: 'reliability/call-durations',
  population: 'counted',
  unseen: {
    input: 'model calls',
    remedy: 'Record model calls with the OpenTelemetry GenAI conventions, in runs that match one declared scenario.',
  },
  empty: () => ({ model: emptyDurations(), tool: emptyDurations(), run: emptyDurations() }),
  add(state, run) {
    addDuration(state.run, { durationMs: ownDurationMs(run), ref: run.ref });
    for (const step of run.steps) {
      if (step.type !== 'approval') addDuration(state[step.type], step);
    }
  },
  merge: (a, b) => ({
    model: mergeDurations(a.model, b.model),
    tool: mergeDurations(a.tool, b.tool),
    run: mergeDurations(a.run, b.run),
  }),
  finish: (state) => (countOf(state.model) > 0 ? state : undefined),
});
