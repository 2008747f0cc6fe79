import type { Monitor } from '../../../src/contract/plan.ts';
import { aPlan, aRef, runs } from '../../../src/dev/testing/builders.ts';
import { testMeasure } from '../../../src/dev/testing/measure-tester.ts';
import measure from './signals.ts';

const monitor = (signal: string): Monitor => ({ name: signal, signal, alert: 'page' });
const withMonitors = (monitors: readonly Monitor[] | undefined) =>
  aPlan({ evidence: { riskOwner: undefined, runbook: undefined, disclosure: undefined, monitors } });

testMeasure(measure, [
  {
    name: 'one signal in every fourth run, one never',
    plan: withMonitors([monitor('error.type'), monitor('constructor')]),
    runs: runs(20, (i) => ({ ref: aRef(i), signals: i % 4 ? [] : ['error.type', 'other'] })),
    value: {
      runs: 20,
      monitors: [
        { runs: 5, witnesses: [0, 4, 8, 12, 16].map((i) => ({ value: 1, ref: aRef(i) })) },
        { runs: 0, witnesses: [] },
      ],
    },
  },
  { name: 'no monitor is declared', plan: withMonitors(undefined), runs: runs(2), value: { runs: 2, monitors: [] } },
]);
