import { plannedDrills } from '../drill-schedule.ts';
import type { Plan } from '../plan.ts';
import { quantity } from '../quantity.ts';
import type { SampleDemand } from '../sample-demand.ts';

/** What a check on drills has to see of each of its faults, beside what is planned of them. `runs`: value of the limit. */
export function drillDemand(faults: readonly string[], runs: number, { drills }: Pick<Plan, 'drills'>): SampleDemand[] {
  return [
    {
      kind: 'count',
      claim: `runs>=${runs}`,
      unit: 'drills',
      per: 'fault in each drilled scenario',
      least: runs,
      planned: plannedOf(faults, drills),
    },
  ];
}

function plannedOf(faults: readonly string[], drills: Plan['drills']) {
  const planned = drills === undefined ? [] : plannedDrills(drills).filter(({ fault }) => faults.includes(fault));
  if (drills === undefined || planned.length === 0) return [{ name: 'no fault of the check is planned', units: 0 }];
  const scenarios = drills.scenarios.length;
  const each = `each of ${quantity(planned.length, 'drill')} in each of ${quantity(scenarios, 'scenario')}`;
  const runs = planned.map((drill) => drill.runs);
  return [
    { name: each, units: Math.min(...runs) },
    { name: 'all of them together', units: scenarios * runs.reduce((sum, count) => sum + count, 0) },
  ];
}
