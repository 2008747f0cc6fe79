import type { CheckResult, Tables } from '../../src/contract/check.ts';
import { daysBetween } from '../../src/contract/days-between.ts';
import type { Plan } from '../../src/contract/plan.ts';
import { formatMeasurement } from '../../src/contract/units.ts';

/** Why the price list is too old to pass on the day of evaluation; undefined when the policy sets no age, or it is not. */
export function whyOutdated({ evaluatedAt, pricing }: Plan, { pricesPublished }: Tables): CheckResult | undefined {
  if (pricing.maxAgeDays === undefined) return undefined;
  const limit = { value: pricing.maxAgeDays, unit: 'days' } as const;
  const measured = { value: daysBetween(pricesPublished, evaluatedAt), unit: 'days' } as const;
  if (measured.value <= limit.value) return undefined;
  return {
    outcome: 'inconclusive',
    message: `the price list was published on ${pricesPublished}, ${formatMeasurement(measured)} before the evaluation, limit ${formatMeasurement(limit)} (prices.maxAgeDays of the policy)`,
    missing: {
      input: 'a recent price list',
      remedy: 'Install the current version of aigate, which brings a newer price list.',
    },
    measured,
    limit,
    evidence: [],
  };
}
