import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../contract/json.ts';
import { defineMeasure } from '../contract/measure.ts';
import { aPlan, aRun, runs } from '../dev/testing/builders.ts';
import { admittedClasses, createReducer, finishMeasure, mergeStates } from './reduce.ts';

const counted = defineMeasure<{ n: number }, number>({
  id: 'evidence/test-counted',
  population: 'counted',
  unseen: { input: 'runs', remedy: 'Record runs.' },
  empty: () => ({ n: 0 }),
  add: (state) => {
    state.n += 1;
  },
  merge: (a, b) => ({ n: a.n + b.n }),
  finish: ({ n }) => (n === 0 ? undefined : n),
});
const all = { ...counted, id: 'evidence/test-all', population: 'all' } as const;
const anyScenario = { ...counted, id: 'evidence/test-any-scenario', population: 'any-scenario' } as const;
const harm = { ...counted, id: 'evidence/test-harm', population: 'harm' } as const;
const load = { ...counted, id: 'evidence/test-load', population: 'load' } as const;
const plan = aPlan();

function reduce(list: ReturnType<typeof runs>) {
  const reducer = createReducer([counted, all, anyScenario, load, harm], plan);
  for (const run of list) reducer.add(run);
  return reducer.states();
}

describe('reduce', () => {
  it('keeps runs apart by kind and binding so that each check sees only what it admits', () => {
    const states = reduce([aRun(), aRun({ kind: 'declared' }), aRun({ binding: 'unbound' })]);
    expect(finishMeasure(counted, states, admittedClasses(['recorded'], ['bound']), plan)).toBe(1);
    expect(finishMeasure(counted, states, admittedClasses(['recorded', 'declared'], ['bound', 'unbound']), plan)).toBe(
      3,
    );
  });

  it('does not count runs of another release or of no or several scenarios, except for measures over all', () => {
    const states = reduce([
      aRun({ binding: 'mismatched' }),
      aRun({ scenario: { match: 'none' } }),
      aRun({ scenario: { match: 'several', ids: ['a', 'b'] } }),
    ]);
    expect(states[counted.id]).toEqual({});
    expect(finishMeasure(all, states, admittedClasses(['recorded'], ['bound', 'mismatched']), plan)).toBe(3);
  });

  it('shows runs of a load to measures of load and to those that look for violations, and to no other', () => {
    const states = reduce([aRun(), aRun({ load: 'arrival' }), aRun({ load: 'dropped', binding: 'mismatched' })]);
    const [bound, every] = [['recorded'] as const, ['bound', 'mismatched'] as const];
    const seenBy = (measure: typeof counted) => finishMeasure(measure, states, admittedClasses(bound, every), plan);
    expect([counted, load, anyScenario, all].map(seenBy)).toEqual([1, 1, 2, 3]);
  });

  it('shows runs of cases of user harm, which belong to no scenario, to measures of harm and no rate', () => {
    const none = { match: 'none' } as const;
    const states = reduce([aRun(), aRun({ harm: 'a', scenario: none }), aRun({ harm: 'a', load: 'arrival' })]);
    const seenBy = (measure: typeof counted) =>
      finishMeasure(measure, states, admittedClasses(['recorded'], ['bound']), plan);
    expect([counted, load, harm, anyScenario].map(seenBy)).toEqual([1, undefined, 2, 3]);
  });

  it('shows runs of any scenario or none to measures that look for violations, but not those of another release', () => {
    const states = reduce([aRun(), aRun({ binding: 'mismatched' }), aRun({ scenario: { match: 'none' } })]);
    expect(finishMeasure(anyScenario, states, admittedClasses(['recorded'], ['bound', 'mismatched']), plan)).toBe(2);
  });

  it('says undefined, not zero, where nothing was admitted', () => {
    expect(finishMeasure(counted, reduce([]), admittedClasses(['recorded'], ['bound']), plan)).toBeUndefined();
  });

  it('merges shards into what one pass gives', () => {
    const list = runs(10, (i) => ({ kind: i % 2 ? 'recorded' : 'declared' }));
    const merged = mergeStates(
      [counted, all, anyScenario, load, harm],
      reduce(list.slice(0, 3)),
      reduce(list.slice(3)),
    );
    expect(canonicalJson(merged)).toBe(canonicalJson(reduce(list)));
  });
});
