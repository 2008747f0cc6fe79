import type { PercentileForm } from './percentile-shorthand.ts';

/** How limits on percentiles of durations are written; limits in ms. */
export const DURATION_FORM: PercentileForm = {
  hasMaximum: false,
  value: 'a duration in ms or s',
  units: { ms: 1, s: 1_000 },
  least: 1,
  example: 'p(95)<8000ms',
};
