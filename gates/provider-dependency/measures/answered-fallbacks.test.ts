import { aModelCall, aPlan, aRef, aRun, runs } from '../../../src/dev/testing/builders.ts';
import { testMeasure } from '../../../src/dev/testing/measure-tester.ts';
import measure from './answered-fallbacks.ts';

const failed = aModelCall({ error: '529' });
const answer = (line = 5) => aModelCall({ route: 'fallback/0', ref: aRef(line) });
const none = { fallbacks: [{ runs: 0, witnesses: [] }] };

testMeasure(measure, [
  {
    name: 'every third run switches',
    runs: runs(30, (i) => ({ steps: i % 3 ? [aModelCall()] : [failed, answer(i)] })),
    value: {
      runs: 30,
      fallbacks: [{ runs: 10, witnesses: [0, 3, 6, 9, 12].map((i) => ({ value: 1, ref: aRef(i) })) }],
    },
  },
  {
    name: 'a fallback that failed too',
    runs: [aRun({ steps: [failed, { ...answer(), error: 'timeout' }] })],
    value: none,
  },
  {
    name: 'an answer of the fallback from a store',
    runs: [aRun({ steps: [failed, { ...answer(), isReplayed: true }] })],
    value: none,
  },
  { name: 'a fallback called without need', runs: [aRun({ steps: [aModelCall(), answer()] })], value: none },
  { name: 'a failure after the fallback answered', runs: [aRun({ steps: [answer(), failed] })], value: none },
  {
    name: 'a fallback call that says what it replaced',
    runs: [aRun({ steps: [{ ...answer(), fallbackFrom: 'claude-sonnet-4-5' }] })],
    value: { fallbacks: [{ runs: 1, witnesses: [{ value: 1, ref: aRef(5) }] }] },
  },
  {
    name: 'a fallback call that replaced another model',
    runs: [aRun({ steps: [{ ...answer(), fallbackFrom: 'gemini-2.5-pro' }] })],
    value: none,
  },
  {
    name: 'no fallback is declared',
    plan: aPlan({ models: { primary: aPlan().models.primary, fallback: [] } }),
    runs: [aRun({ steps: [failed] })],
    value: { runs: 1, fallbacks: [] },
  },
]);
