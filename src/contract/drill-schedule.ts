import type { DrillPlan } from './live.ts';

/** When a fault is there, by the number of the requests of a run that it could meet, from 1. */
export type FaultTiming =
  | { readonly type: 'always' }
  /** The first n. */
  | { readonly type: 'first'; readonly n: number }
  /** All but the first n. */
  | { readonly type: 'after'; readonly n: number }
  /** Each n-th. */
  | { readonly type: 'every'; readonly n: number }
  /** A share of them, > 0 and ≤ 1; the same ones for the same seed. */
  | { readonly type: 'rate'; readonly share: number; readonly seed: number };

/** Which requests a fault can meet: those for which all that is given holds. Nothing given = those to the primary. */
export interface FaultMatch {
  readonly provider: string | undefined;
  readonly model: string | undefined;
  /** Labels of declared models: all with the label fail together. */
  readonly cloud: string | undefined;
  readonly region: string | undefined;
  /** How the path ends, without the query. */
  readonly path: string | undefined;
}

/** A fault that is not there for everybody who asks the primary, or not all the time: a drill beside the ordinary one. */
export interface ScheduledFault {
  readonly fault: string;
  readonly timing: FaultTiming;
  readonly match: FaultMatch;
}

/** One drill in each of its scenarios. */
export interface PlannedDrill {
  readonly fault: string;
  /** Undefined: it meets every request to the primary, or what the fault itself says. */
  readonly schedule: ScheduledFault | undefined;
  /** Runs in each scenario, ≥ 1. */
  readonly runs: number;
}

/** A quarter of the answers, as in the outage of 2025-06-10 in which a provider answered three of four requests. */
export const BROWNOUT_RATE = 0.25;

/** Faults that have several forms, with their number; each run has one. A test holds it to what is sent. */
export const FAULT_FORMS: Readonly<Record<string, number>> = {
  'stream-error-event': 2,
  'http-502-html': 6,
  'rate-limit-429': 2,
  'rate-limit-hostile': 3,
  'quota-exhausted': 5,
  'auth-revoked': 2,
  'context-overflow': 2,
  'content-filtered': 2,
  'empty-choices': 2,
  'malformed-json': 2,
  'schema-drift': 6,
  'structured-output-invalid': 3,
  'quality-corrupt': 2,
  'tool-args-invalid': 4,
  'correlated-outage': 3,
  'fallback-rejects': 3,
};

/**
 * Every drill of a plan, the ordinary ones first. A fault with several forms has at least one run of each; one that only
 * a share of the requests meets has so many that the planned number of them meets it with its first request.
 */
export function plannedDrills({ faults, scheduled, runs }: DrillPlan): readonly PlannedDrill[] {
  const ordinary = faults.map((fault) => ({ fault, schedule: undefined }));
  const special = scheduled.map((schedule) => ({ fault: schedule.fault, schedule }));
  return [...ordinary, ...special].map((drill) => ({
    ...drill,
    runs: Math.ceil(Math.max(runs, FAULT_FORMS[drill.fault] ?? 1) / shareOf(drill)),
  }));
}

function shareOf({ fault, schedule }: Pick<PlannedDrill, 'fault' | 'schedule'>): number {
  if (fault === 'brownout') return BROWNOUT_RATE;
  return schedule?.timing.type === 'rate' ? schedule.timing.share : 1;
}

/** `first 2 to provider openai`; the same for the same schedule. */
export function scheduleName({ timing, match }: ScheduledFault): string {
  const given = Object.entries(match).filter(([, value]) => value !== undefined);
  const to = given.map(([label, value]) => `${label} ${value}`).join(', ');
  return `${timingName(timing)} to ${to === '' ? 'the primary' : to}`;
}

function timingName(timing: FaultTiming): string {
  switch (timing.type) {
    case 'always':
      return 'all';
    case 'rate':
      return `rate ${timing.share}, seed ${timing.seed},`;
    case 'first':
    case 'after':
    case 'every':
      return `${timing.type} ${timing.n}`;
  }
}
