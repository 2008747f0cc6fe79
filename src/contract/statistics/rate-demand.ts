import type { SampleDemand } from '../sample-demand.ts';
import { round12 } from '../units.ts';

/**
 * What a rate of good runs (0–1), or of what else is counted, asks for, as limit `limitName` of a check states it; nothing
 * for a rate of 1, which no number of them proves.
 */
export function rateDemand(
  rate: number,
  limitName = 'rate',
  unit: SampleDemand['unit'] = 'runs',
): readonly SampleDemand[] {
  if (rate >= 1) return [];
  return [{ kind: 'share', claim: `${limitName}>=${rate}`, unit, per: 'scenario', allowed: round12(1 - rate) }];
}
