import { describe, expect, it } from 'vitest';
import { plannedDrills, scheduleName } from '../contract/drill-schedule.ts';
import { FAKE_CATALOGUE } from '../dev/testing/fake-catalogue.ts';
import { aSource, LEAST_MANIFEST } from '../dev/testing/manifest-source.ts';
import { parseManifest } from './parse-manifest.ts';

const drillsOf = (drills: string, more = '') => {
  const live = 'live: { command: [node], upstream: { simulated: s.yaml } }\n';
  const text = `${LEAST_MANIFEST.replace('select:', 'inputs: [a], select:')}${live}drills: ${drills}\n${more}`;
  const plan = parseManifest(aSource(text), FAKE_CATALOGUE).drills;
  if (plan === undefined) throw new Error('no drills were declared');
  return plan;
};

describe('drills', () => {
  it('are the default pack unless faults are named, and each once', () => {
    expect(drillsOf('{}').faults).toHaveLength(15);
    expect(drillsOf('{ faults: [http-503, http-503] }').faults).toEqual(['http-503']);
    expect(drillsOf('{ pack: fallback, faults: [http-503, recovery] }').faults).toHaveLength(6);
  });

  it('of a pack leave tool calls alone where there are no tools', () => {
    const none = 'tools: none\n';
    expect(drillsOf('{}', none).faults).toHaveLength(14);
    expect(drillsOf('{ pack: all }').faults.length - drillsOf('{ pack: all }', none).faults.length).toBe(5);
    expect(drillsOf('{ pack: tools }', none).faults).toHaveLength(5);
    expect(drillsOf('{ faults: [tool-unknown] }', none).faults).toEqual(['tool-unknown']);
  });

  it('with a schedule stand beside the ordinary ones, each timing and match by its name', () => {
    const { faults, scheduled } = drillsOf(`
  faults:
    - http-503
    - { fault: http-503, first: 2 }
    - { fault: http-503, after: 3 }
    - { fault: http-503, every: 4, match: { path: /messages } }
    - { fault: http-503, rate: 0.25, seed: 7 }
    - { fault: http-503, match: { provider: anthropic, model: claude-sonnet-4-5 } }`);
    expect(faults).toEqual(['http-503']);
    expect(scheduled.map(scheduleName)).toEqual([
      'first 2 to the primary',
      'after 3 to the primary',
      'every 4 to path /messages',
      'rate 0.25, seed 7, to the primary',
      'all to provider anthropic, model claude-sonnet-4-5',
    ]);
  });

  it('run so often that every form is sent, and that a share of the runs is the number declared', () => {
    const plan = drillsOf(`
  runs: 2
  faults: [http-503, quota-exhausted, brownout, { fault: http-503, rate: 0.3 }]`);
    expect(plannedDrills(plan).map(({ fault, runs }) => [fault, runs])).toEqual([
      ['http-503', 2],
      ['quota-exhausted', 5],
      ['brownout', 8],
      ['http-503', 7],
    ]);
  });
});
