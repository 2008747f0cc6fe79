import type { CheckResult } from '../check.ts';
import type { SampleDemand } from '../sample-demand.ts';
import { round12, type Unit } from '../units.ts';
import { type Judgement, worstOf } from './judgement.ts';
import { limitable, type PercentileForm, type PercentileLimits } from './percentile-shorthand.ts';
import { judgePercentile, type PercentileLimit, provableQ, type RunNumbers } from './percentile-verdict.ts';

interface PercentileQuestion {
  /** `gates.<gate>.<check>`, for the message when nothing is limited. */
  readonly place: string;
  readonly form: PercentileForm;
  readonly limits: PercentileLimits;
  readonly unit: Unit;
  /** The samples that must hold, each by itself. */
  readonly samples: readonly RunNumbers[];
}

/** Every limited percentile of every sample must hold; the worst decides. Inconclusive when none is limited. */
export function judgePercentiles({ place, form, limits, unit, samples }: PercentileQuestion): CheckResult {
  const percentiles = limitable(form).flatMap(({ name, q }): PercentileLimit[] => {
    const value = limits[name];
    return value === undefined ? [] : [{ name, q, limit: { value, unit } }];
  });
  if (percentiles.length > 0) {
    return worstOf(
      samples.flatMap((numbers) => percentiles.map((percentile): Judgement => judgePercentile(numbers, percentile))),
    );
  }
  return {
    outcome: 'inconclusive',
    message: `no limit is set: ${place} needs at least one of ${listNames(form)}`,
    missing: {
      input: `limit ${place}`,
      remedy: `Set ${place} in the manifest or in the policy, such as ${form.example}.`,
    },
    evidence: [],
  };
}

/** What the limited percentiles ask for; a maximum as much as a p95. */
export function percentileDemand(limits: PercentileLimits, form: PercentileForm): readonly SampleDemand[] {
  return limitable(form).flatMap(({ name, q }): SampleDemand[] => {
    const value = limits[name];
    if (value === undefined) return [];
    const allowed = round12(1 - provableQ(q));
    return [{ kind: 'share', claim: `${name}<=${value}`, unit: 'runs', per: 'scenario', allowed }];
  });
}

function listNames(form: PercentileForm): string {
  const names = limitable(form).map(({ name }) => name);
  return `${names.slice(0, -1).join(', ')} and ${names[names.length - 1]}`;
}
