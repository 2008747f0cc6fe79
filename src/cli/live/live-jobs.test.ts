import { describe, expect, it } from 'vitest';
import type { LoadPlan } from '../../contract/live.ts';
import { aPlan, aScenario } from '../../dev/testing/builders.ts';
import { loadJobs } from './live-jobs.ts';

const plan = aPlan({ scenarios: [aScenario({ share: 0.7 }), aScenario({ id: 'escalate', share: 0.3 })] });
const load: LoadPlan = { perSecond: 2, forMs: 50_000, shape: 'constant', inFlight: 9 };
const inputs = { summarize: ['a', 'b'], escalate: ['c'] };
const jobsOf = (changes: Partial<LoadPlan> = {}) =>
  loadJobs({ ...plan, live: { load: { ...load, ...changes } } }, inputs);

describe('the arrivals of a load', () => {
  it('come at the declared rate, in the mix of the traffic, with inputs in turn', () => {
    const jobs = jobsOf();
    expect(jobs.map(({ atMs }) => atMs)).toEqual(Array.from({ length: 100 }, (_, i) => i * 500));
    const scenarios = jobs.map(({ job }) => job.scenario);
    expect(scenarios.filter((id) => id === 'escalate')).toHaveLength(30);
    expect(scenarios.slice(0, 10).filter((id) => id === 'escalate')).toHaveLength(3);
    expect(
      jobs
        .filter(({ job }) => job.scenario === 'summarize')
        .map(({ job }) => job.input)
        .slice(0, 3),
    ).toEqual(['a', 'b', 'a']);
  });

  it('have ids of their own, the same each time', () => {
    const ids = jobsOf().map(({ job }) => job.id);
    expect(new Set(ids).size).toBe(100);
    expect(jobsOf().map(({ job }) => job.id)).toEqual(ids);
    expect(ids[0]).toMatch(/^[0-9a-f]{32}$/);
  });

  it('are none without a load', () => {
    expect(loadJobs({ ...plan, live: { load: undefined } }, inputs)).toEqual([]);
  });

  it('may come as users do', () => {
    const times = jobsOf({ shape: 'poisson' }).map(({ atMs }) => atMs);
    expect(times).toHaveLength(100);
    expect(new Set(times.map((time, i) => Math.round(time - (times[i - 1] ?? 0)))).size).toBeGreaterThan(50);
  });
});
