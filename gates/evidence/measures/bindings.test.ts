import type { Source } from '../../../src/contract/plan.ts';
import { aPlan, aRef, aRun, aSource, runs } from '../../../src/dev/testing/builders.ts';
import { testMeasure } from '../../../src/dev/testing/measure-tester.ts';
import measure from './bindings.ts';

const BINDINGS = ['bound', 'unbound', 'mismatched'] as const;
const source = (origin: Source['origin']): Source => aSource({ recording: `${origin}.jsonl`, origin });
const plan = aPlan({ sources: [source('production'), source('test')] });
const staged = (artifact: string) => aRun({ environment: 'staging', ref: aRef(1, { artifact }) });

testMeasure(measure, [
  {
    name: 'a third of each binding',
    runs: runs(30, (i) => ({
      ref: aRef(i),
      binding: BINDINGS[i % 3] ?? 'bound',
      artifactsDigest: i % 2 ? `sha256:${i % 4}` : undefined,
      revision: 'abc',
    })),
    value: {
      runs: { bound: 10, unbound: 10, mismatched: 10 },
      others: {
        total: 10,
        names: [
          ['revision abc', 5],
          ['sha256:1', 3],
          ['sha256:3', 2],
        ],
      },
    },
  },
  {
    name: 'a run of staging in a source declared as production',
    plan,
    runs: [staged('recordings/0'), aRun({ environment: 'production', ref: aRef(2) }), aRun({ ref: aRef(3) })],
    value: { environments: { total: 1, names: [['staging', 1]] } },
  },
  {
    name: 'a run of staging in a source declared as test, and in none',
    plan,
    runs: [staged('recordings/1'), staged('recordings/7')],
    value: { environments: { total: 0, names: [] } },
  },
]);
