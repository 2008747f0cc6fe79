import { describe, expect, it, vi } from 'vitest';
import { aPlan, aRun } from '../dev/testing/builders.ts';
import { oncePerRun } from './once-per-run.ts';
import type { Plan } from './plan.ts';
import type { Run } from './run.ts';

describe('oncePerRun', () => {
  it('computes again for another run, for another plan, and for a run that was seen before another', () => {
    const compute = vi.fn(({ id }: Run, { workload }: Plan) => `${id} ${workload.name}`);
    const once = oncePerRun(compute);
    const [a, b] = [aRun({ id: 'a' }), aRun({ id: 'b' })];
    const [plan, other] = [aPlan(), aPlan()];
    expect([once(a, plan), once(a, plan)]).toEqual([`a ${plan.workload.name}`, `a ${plan.workload.name}`]);
    expect(compute).toHaveBeenCalledTimes(1);
    expect(once(b, plan)).toContain('b ');
    expect(once(a, plan)).toContain('a ');
    once(a, other);
    expect(compute).toHaveBeenCalledTimes(4);
  });

  it('takes equal runs for two, and does not remember what threw', () => {
    const compute = vi.fn(() => {
      if (compute.mock.calls.length === 1) throw new Error('once');
      return undefined;
    });
    const once = oncePerRun(compute);
    const [run, plan] = [aRun(), aPlan()];
    expect(() => once(run, plan)).toThrow('once');
    expect(once(run, plan)).toBeUndefined();
    once(run, plan);
    once(aRun(), plan);
    expect(compute).toHaveBeenCalledTimes(3);
  });
});
