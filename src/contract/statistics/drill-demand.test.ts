import { describe, expect, it } from 'vitest';
import { aDrillPlan } from '../../dev/testing/drills.ts';
import { drillDemand } from './drill-demand.ts';

describe('drillDemand', () => {
  it('counts what is planned of the faults of a check, in one scenario and in all', () => {
    const plan = aDrillPlan(['stream-stall', 'recovery', 'header-stall'], { scenarios: ['a', 'b'], runs: 5 });
    expect(drillDemand(['header-stall', 'stream-stall', 'no-usage'], 3, plan)).toMatchObject([
      {
        claim: 'runs>=3',
        unit: 'drills',
        least: 3,
        planned: [
          { name: 'each of 2 drills in each of 2 scenarios', units: 5 },
          { name: 'all of them together', units: 20 },
        ],
      },
    ]);
  });

  it.each([undefined, ['recovery']])('says that nothing is planned where the faults are %j', (faults) => {
    const plan = faults === undefined ? {} : aDrillPlan(faults);
    expect(drillDemand(['no-usage'], 3, { drills: undefined, ...plan })[0]).toMatchObject({
      planned: [{ name: 'no fault of the check is planned', units: 0 }],
    });
  });
});

it('counts drills of several forms, and of some requests only, as they are planned', () => {
  const match = { provider: undefined, model: undefined, cloud: undefined, region: undefined, path: undefined };
  const scheduled = [{ fault: 'http-503', timing: { type: 'rate', share: 0.25, seed: 1 } as const, match }];
  const plan = aDrillPlan(['quota-exhausted', 'http-503'], { scheduled });
  expect(drillDemand(['quota-exhausted', 'http-503'], 3, plan)[0]).toMatchObject({
    planned: [
      { name: 'each of 3 drills in each of 1 scenario', units: 3 },
      { name: 'all of them together', units: 5 + 3 + 12 },
    ],
  });
});
