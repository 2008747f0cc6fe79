import { quantity } from '../../src/contract/quantity.ts';
import { formatNumber } from '../../src/contract/units.ts';
import type { LoadRuns } from './measures/load-runs.ts';

/**
 * Arrivals a second, in thousandths, which is finer than clocks keep to: those after the first, by the time they came in.
 * Undefined: fewer than two arrivals, all at once, or the time of one is not recorded.
 */
export function arrivalRate({ arrivals, untimed, firstUs, lastUs }: LoadRuns): number | undefined {
  if (untimed > 0 || arrivals < 2 || lastUs <= firstUs) return undefined;
  return Math.round((1e9 * (arrivals - 1)) / (lastUs - firstUs)) / 1e3;
}

/** `180 arrivals at 3 a second, none turned away`. */
export function describeArrivals(load: LoadRuns): string {
  const rate = arrivalRate(load);
  const at = rate === undefined ? 'at a rate that is not recorded' : `at ${formatNumber(rate)} a second`;
  const dropped = load.dropped === 0 ? 'none turned away' : `${formatNumber(load.dropped)} turned away`;
  return `${quantity(load.arrivals, 'arrival')} ${at}, ${dropped}`;
}
