import { aPlan, aRef, aRun, aScenario, runs } from '../../../src/dev/testing/builders.ts';
import { testMeasure } from '../../../src/dev/testing/measure-tester.ts';
import measure from './load-runs.ts';

const plan = aPlan({
  scenarios: [aScenario({ share: 0.5 }), aScenario({ id: 'escalate', share: 0.5 })],
  timeouts: { modelMs: undefined, toolMs: undefined, runMs: 60_000 },
});
const dropped = aRun({ load: 'dropped', startMs: 1_500, durationMs: undefined, outcome: 'failure', steps: [] });

testMeasure(measure, [
  { name: 'nothing from no runs', runs: [], value: undefined },
  {
    name: 'arrivals with the time they came in, their waits and their endings, by scenario',
    plan,
    runs: [
      aRun({ load: 'arrival', startMs: 1_000, durationMs: 700 }),
      aRun({
        load: 'arrival',
        startMs: 2_000,
        ref: aRef(2),
        error: 'timed-out',
        scenario: { match: 'one', id: 'escalate' },
      }),
    ],
    value: {
      ...{ arrivals: 2, dropped: 0, untimed: 0, firstUs: 1_000_000, lastUs: 2_000_000 },
      waits: { summarize: { recorded: 1, distribution: { max: 700_000 } }, escalate: { recorded: 1 } },
      endings: { summarize: { good: 1, bad: 0 }, escalate: { good: 0, bad: 1 } },
    },
  },
  {
    name: 'who was given something else without a model as failed',
    plan: aPlan({ scenarios: [aScenario({ expect: [{ type: 'text', assertion: 0, label: 'contains "Risk"' }] })] }),
    runs: [
      aRun({ load: 'arrival', startMs: 1_000, durationMs: 7, steps: [], shown: '0', outcome: 'success' }),
      aRun({ load: 'arrival', startMs: 2_000, durationMs: 7, steps: [], shown: '1', outcome: 'success' }),
      aRun({ load: 'arrival', startMs: 3_000, durationMs: 7, shown: '0', outcome: 'success' }),
    ],
    value: { arrivals: 3, endings: { summarize: { good: 2, bad: 1 } } },
  },
  {
    name: 'who was turned away as failed, after as long as a run may take',
    plan,
    runs: [dropped],
    value: {
      ...{ arrivals: 1, dropped: 1 },
      waits: { summarize: { recorded: 1, distribution: { max: 60_000_000 } } },
      endings: { summarize: { good: 0, bad: 1 } },
    },
  },
  {
    name: 'no wait of who was turned away where nothing limits a run',
    plan: { ...plan, timeouts: { ...plan.timeouts, runMs: undefined } },
    runs: [dropped],
    value: { waits: { summarize: { recorded: 0, unrecorded: 1 } } },
  },
  {
    name: 'arrivals without a time apart',
    plan,
    runs: runs(3, (i) => ({ load: 'arrival', startMs: i === 1 ? undefined : 1_000 * i })),
    value: { arrivals: 3, untimed: 1, firstUs: 0, lastUs: 2_000_000 },
  },
]);
