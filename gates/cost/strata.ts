import type { Plan } from '../../src/contract/plan.ts';
import { quantity } from '../../src/contract/quantity.ts';

/** What was seen of one scenario, and its share of production traffic. */
export interface Stratum<Sample> {
  readonly id: string;
  /** 0–1; the shares of all strata sum to 1. */
  readonly share: number;
  readonly sample: Sample;
}

/** The scenarios with traffic; `empty` stands for one of which nothing was seen. */
export function strataOf<Sample>(
  { scenarios }: Plan,
  samples: Readonly<Record<string, Sample>>,
  empty: () => Sample,
): Stratum<Sample>[] {
  return scenarios
    .filter(({ share }) => share > 0)
    .map(({ id, share }) => ({ id, share, sample: samples[id] ?? empty() }));
}

type Counted = readonly Stratum<{ readonly runs: number }>[];

export function runsIn(strata: Counted): number {
  return strata.reduce((total, { sample }) => total + sample.runs, 0);
}

/** `120 runs in 2 scenarios`. */
export function describeRuns(strata: Counted): string {
  return `${quantity(runsIn(strata), 'run')} in ${quantity(strata.length, 'scenario')}`;
}
