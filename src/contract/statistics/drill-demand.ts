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
      planned: plannedDrills(faults, drills),
    },
  ];
}

function plannedDrills(faults: readonly string[], drills: Plan['drills']) {
  const planned = (drills?.faults ?? []).filter((fault) => faults.includes(fault)).length;
  if (drills === undefined || planned === 0) return [{ name: 'no fault of the check is planned', units: 0 }];
  const scenarios = drills.scenarios.length;
  const each = `each of ${quantity(planned, 'fault')} in each of ${quantity(scenarios, 'scenario')}`;
  return [
    { name: each, units: drills.runs },
    { name: 'all of them together', units: planned * scenarios * drills.runs },
  ];
}
