import type { PreviewedDemand } from '../../contract/plan-preview.ts';
import { formatMeasurement, formatNumber } from '../../contract/units.ts';

/** What a check has to see, what is there, and what that proves: one sentence a line, not yet escaped. */
export function demandLines({ demand, fewest, likely, groups }: PreviewedDemand): string[] {
  const { claim, unit, per } = demand;
  // Scenarios whose runs come in the mix of the traffic are judged together; the groups below say which are.
  const sample = groups !== undefined && per === 'scenario' ? 'sample' : per;
  const each = per === 'workload' ? '' : ` for each ${sample}`;
  const least =
    likely === undefined
      ? `${claim} needs ${formatNumber(fewest)} ${unit}${each}`
      : `${claim} needs ${formatNumber(fewest)} ${unit}${each} without a failure; ${formatNumber(likely.units)} (at most ${formatNumber(likely.failures)} failing) give a healthy service a 90 % chance`;
  if (groups === undefined) return [least, `how many ${unit} there are is counted by the check`];
  return [least, ...groups.map((group) => groupLine(group, unit, fewest))];
}

type Group = NonNullable<PreviewedDemand['groups']>[number];

function groupLine({ name, units, provenRate }: Group, unit: string, fewest: number): string {
  const there = `${name}: ${formatNumber(units)} ${unit} ${unit === 'drills' ? 'are planned' : 'count'}`;
  if (units === 0) return `${there}, nothing can be proved`;
  const proof =
    provenRate === undefined
      ? ''
      : `; 0 of ${formatNumber(units)} failures proves at least ${formatMeasurement({ value: provenRate, unit: 'ratio' })}`;
  return `${there}${proof}${units < fewest ? `; ${formatNumber(fewest - units)} more are needed to pass` : ''}`;
}
