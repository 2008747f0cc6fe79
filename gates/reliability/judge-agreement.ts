import type { Calibration, CalibrationItem, Verdict } from '../../src/contract/judge.ts';
import { VERDICTS } from '../../src/contract/judge.ts';
import type { Plan } from '../../src/contract/plan.ts';
import { rateLowerBound, rateUpperBound } from '../../src/contract/statistics/binomial.ts';
import { round12 } from '../../src/contract/units.ts';

/** How often a judge agrees with people on the answers that they gave one label. */
export interface Agreement {
  readonly label: Verdict;
  readonly agreed: number;
  readonly n: number;
  /** Exact one-sided 95 % bounds; with no item 0 and 1. */
  readonly lower: number;
  readonly upper: number;
  /** Where it disagrees, or says neither. */
  readonly disagreements: readonly CalibrationItem[];
}

/** By label: a judge that always says pass agrees with every good answer, and is worth nothing. */
export function agreements({ items }: Calibration): readonly Agreement[] {
  return VERDICTS.map((label) => {
    const labelled = items.filter((item) => item.label === label);
    const disagreements = labelled.filter(({ verdict }) => verdict !== label);
    const [n, agreed] = [labelled.length, labelled.length - disagreements.length];
    const [lower, upper] = n === 0 ? [0, 1] : [rateLowerBound(agreed, n), rateUpperBound(agreed, n)];
    return { label, agreed, n, lower: round12(lower), upper: round12(upper), disagreements };
  });
}

const CHECK = 'reliability/judge-calibration';

/** Whether the judge may decide: the check of its calibration would pass, by the limits and kinds of this plan. */
export function isCalibrated(calibration: Calibration | undefined, { checks }: Pick<Plan, 'checks'>): boolean {
  const planned = checks.find(({ id }) => id === CHECK);
  const limit = planned?.limits['agreement'];
  if (calibration === undefined || planned === undefined || typeof limit !== 'number') return false;
  return planned.kinds.includes(calibration.kind) && agreements(calibration).every(({ lower }) => lower >= limit);
}
