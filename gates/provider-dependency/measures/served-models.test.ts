import type { ModelCall } from '../../../src/contract/run.ts';
import { aModelCall, aRef, aRun, runs } from '../../../src/dev/testing/builders.ts';
import { testMeasure } from '../../../src/dev/testing/measure-tester.ts';
import measure, { type ServedKind } from './served-models.ts';

const calls = (counts: Partial<Record<ServedKind, number>>) => ({
  calls: { 'as-requested': 0, substituted: 0, undeclared: 0, unrecorded: 0, failed: 0, ...counts },
});
const one = (call: Partial<ModelCall>) => [aRun({ steps: [aModelCall(call)] })];
const model = 'claude-sonnet-4-5';

testMeasure(measure, [
  {
    name: 'runs of which every fifth is answered by another model',
    runs: runs(25, (i) => ({
      steps: [aModelCall({ ref: aRef(i), servedModel: i % 5 ? `${model}-20250929` : 'claude-haiku-4-5' })],
    })),
    value: {
      ...calls({ 'as-requested': 20, substituted: 5 }),
      substitutions: { total: 5, names: [[`${model} → claude-haiku-4-5`, 5]] },
    },
  },
  { name: 'the very model', runs: one({ servedModel: model }), value: calls({ 'as-requested': 1 }) },
  {
    name: 'no request recorded, and the declared model',
    runs: one({ requestedModel: undefined }),
    value: calls({ 'as-requested': 1 }),
  },
  {
    name: 'no request recorded, and the model of another route',
    runs: one({ requestedModel: undefined, servedModel: 'gpt-4.1' }),
    value: calls({ substituted: 1 }),
  },
  {
    name: 'the fallback by request',
    runs: one({ route: 'fallback/0', requestedModel: 'gpt-4.1', servedModel: 'gpt-4.1-2025-04-14' }),
    value: calls({ 'as-requested': 1 }),
  },
  {
    name: 'a smaller model of the same family',
    runs: one({ requestedModel: 'gpt-4.1', servedModel: 'gpt-4.1-mini' }),
    value: calls({ substituted: 1 }),
  },
  {
    name: 'another snapshot than requested',
    runs: one({ requestedModel: `${model}-20250929`, servedModel: `${model}-20251001` }),
    value: calls({ substituted: 1 }),
  },
  {
    name: 'the alias of the requested snapshot',
    runs: one({ requestedModel: `${model}-20250929`, servedModel: model }),
    value: calls({ unrecorded: 1 }),
  },
  {
    name: 'an undeclared route',
    runs: one({ route: 'undeclared', requestedModel: 'gpt-5' }),
    value: { ...calls({ undeclared: 1 }), undeclared: { total: 1, names: [['gpt-5', 1]] } },
  },
  {
    name: 'a failed call to an undeclared route',
    runs: one({ route: 'undeclared', error: '404' }),
    value: calls({ undeclared: 1 }),
  },
  { name: 'an answer that names no model', runs: one({ servedModel: undefined }), value: calls({ unrecorded: 1 }) },
  {
    name: 'a call that names no model at all',
    runs: one({ route: 'not-recorded', requestedModel: undefined, servedModel: undefined }),
    value: calls({ unrecorded: 1 }),
  },
  {
    name: 'runs without a recorded model call apart',
    runs: [aRun(), aRun({ ref: aRef(8), steps: [] })],
    value: { runs: 2, runsWithoutCalls: 1, witnesses: { withoutCalls: [{ value: 1, ref: aRef(8) }] } },
  },
  {
    name: 'an answer from a store, whatever model it names',
    runs: one({ isReplayed: true, servedModel: 'claude-haiku-4-5' }),
    value: calls({ failed: 1 }),
  },
  { name: 'a failed call', runs: one({ error: '529', servedModel: undefined }), value: calls({ failed: 1 }) },
]);
