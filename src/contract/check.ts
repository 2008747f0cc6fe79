import type { Baseline } from './baseline.ts';
import type { Drills } from './drill-run.ts';
import type { EvidenceKind, EvidenceRef } from './evidence.ts';
import type { Finding } from './finding.ts';
import type { GateId, Lane, Severity } from './gate.ts';
import type { Inspection } from './inspection.ts';
import type { Calibration } from './judge.ts';
import type { LifecycleLookup } from './lifecycle.ts';
import type { LimitSet, LimitValues } from './limit.ts';
import type { AnyMeasure, MissingInput, ValueOf } from './measure.ts';
import type { Plan } from './plan.ts';
import type { Population } from './population.ts';
import type { PriceLookup } from './prices.ts';
import type { ProbeKind } from './probe.ts';
import type { SampleDemand } from './sample-demand.ts';
import type { Measurement } from './units.ts';

/** What makes a check pointless; the engine derives it from the plan, a check cannot claim it. */
export type Subject =
  | 'every-workload'
  /** A limit that the policy or the manifest sets: without one the check asks for nothing. */
  | 'set-limit'
  /** Tool servers that are declared. */
  | 'mcp-servers'
  /** A lock of tool definitions and artifacts that is declared. */
  | 'lock'
  /** Tools declared with effect write or irreversible. */
  | 'write-tools'
  /** Tools declared with effect irreversible. */
  | 'irreversible-tools'
  /** The release stage: at `pr` the digests decide. */
  | 'release-stage'
  /** Models that are declared to take over. */
  | 'fallback'
  /** At least one declared tool. */
  | 'tools'
  /** Permissions that tools need. */
  | 'scopes'
  /** Limits on how often tools are called, or on what their arguments add up to. */
  | 'call-limits'
  /** Limits on what tools may be called with. */
  | 'argument-rules'
  /** JSON schemas of arguments. */
  | 'argument-schemas'
  /** Declared origins of values, or tools whose output is written by strangers. */
  | 'value-origins'
  /** Arguments that an approval must have been given for. */
  | 'approval-bindings'
  /** What must or must not come before a call. */
  | 'flows'
  /** Calls that another one must come before. */
  | 'plan-flows'
  /** People who are declared to take over. */
  | 'handoff'
  /** Documents that answers are declared to rest on. */
  | 'knowledge'
  /** People who meet the answers. */
  | 'people'
  /** An earlier evaluation to compare with. */
  | 'baseline'
  /** Providers that are declared to be broken on purpose. */
  | 'drills'
  /** Runs that arrive at a declared rate. */
  | 'load'
  /** Tools that write, in a workload that is drilled or has declared how it is stopped. */
  | 'drilled-writes'
  /** Cases that look for harm to the people who read the answers. */
  | 'user-harm'
  /** A model that judges answers. */
  | 'judge'
  /** A temptation that the manifest asks for. */
  | `${ProbeKind}-probe`;

export interface CheckMeta {
  /** `<gate>/<noun>`; equal to the file path; never reused once released. */
  readonly id: `${GateId}/${string}`;
  /** The passing state, sentence case, no full stop. */
  readonly title: string;
  readonly severity: Severity;
  /** Why a reviewer should care: the consequence, not the remedy. */
  readonly why: string;
  /** What to do when it fails, as imperative steps. */
  readonly remediation: readonly [string, ...string[]];
  /** Control ids this gives evidence for, such as `NIST-AI-RMF:MEASURE-2.5`. */
  readonly controls: readonly string[];
  /** Which kinds of evidence can pass it, per lane. */
  readonly kinds: Readonly<Record<Lane, readonly EvidenceKind[]>>;
  readonly subject: Subject;
  /** Catalogue date (ISO) of its arrival; newer than a policy's catalogue date means advisory. */
  readonly since: string;
}

interface Judged {
  /** The number compared. */
  readonly measured: Measurement;
  readonly limit: Measurement;
  /**
   * Name in the check's limit set of the limit that `limit` is the value of; absent when it is none of them, such as a
   * declared timeout. A name that the check does not declare becomes an error finding.
   */
  readonly limitName?: string;
  /** The point estimate beside the bound in `measured`, where the two differ. */
  readonly estimate?: Measurement;
  /** How many were counted: runs, or calls where the message says so. */
  readonly n: number;
  readonly message: string;
}

export type CheckResult =
  | ({ readonly outcome: 'pass'; readonly evidence: readonly EvidenceRef[] } & Judged)
  | ({ readonly outcome: 'fail'; readonly evidence: readonly [EvidenceRef, ...EvidenceRef[]] } & Judged)
  | {
      readonly outcome: 'inconclusive';
      readonly message: string;
      readonly missing: MissingInput;
      readonly evidence: readonly EvidenceRef[];
      /** What was measured although it proves nothing yet. */
      readonly measured?: Measurement;
      readonly limit?: Measurement;
      /** As for what was judged; absent also without `limit`. */
      readonly limitName?: string;
      readonly estimate?: Measurement;
      readonly n?: number;
    };

/** What is known of models from outside the workload; each table is written into the bundle as far as it was asked. */
export interface Tables {
  readonly priceOf: PriceLookup;
  /** ISO date on which the price list in use was published. */
  readonly pricesPublished: string;
  readonly lifecycleOf: LifecycleLookup;
  /** ISO date on which the lifecycles in use were read. */
  readonly lifecyclesReadOn: string;
}

/** What a check may look at besides its measures and limits. */
export interface CheckContext {
  readonly plan: Plan;
  readonly population: Population;
  readonly tables: Tables;
  /** Undefined: nothing was looked at. A check that needs it says so with `inspects`. */
  readonly inspection: Inspection | undefined;
  /** Undefined: none was given. */
  readonly baseline: Baseline | undefined;
  /** Undefined: no provider was broken on purpose. A check that rests on drills says so with `drills`. */
  readonly drills: Drills | undefined;
  /** How the judge does on labelled items; undefined: none was asked. A check that needs it says so with `calibration`. */
  readonly calibration: Calibration | undefined;
  /** Findings of the gates before it; empty for checks outside the evidence gate. */
  readonly findings: readonly Finding[];
}

export type Needs = Readonly<Record<string, AnyMeasure>>;
export type Seen<N extends Needs> = { readonly [K in keyof N]: ValueOf<N[K]> };

export interface Check<N extends Needs, L extends LimitSet> {
  readonly meta: CheckMeta;
  /** Measures that must have seen something; otherwise the engine records `inconclusive`. */
  readonly needs: N;
  readonly limits: L;
  /** It rests on what was inspected in the folder of the workload; what it says has that kind of evidence too. */
  readonly inspects?: true;
  /** It rests on runs in which a provider was broken on purpose; what it says has their kind of evidence too. */
  readonly drills?: true;
  /** It rests on what a judge said of labelled items; what it says has the kind of evidence of that. */
  readonly calibration?: true;
  /** Reads the short form of the limits, such as `p(95)<8000ms`; throws RangeError with what was expected. */
  readonly parseShorthand?: (text: string) => Partial<LimitValues<L>>;
  /** How much it has to see before it can pass, for whoever plans the runs; absent = as little as one run can do. */
  readonly samples?: (limits: LimitValues<L>, plan: Plan) => readonly SampleDemand[];
  /** Pure: same arguments, same result. No clock, randomness, environment or IO. */
  evaluate(seen: Seen<N>, limits: LimitValues<L>, context: CheckContext): CheckResult;
}

// biome-ignore lint/suspicious/noExplicitAny: a registry holds checks of every needs and limits.
export type AnyCheck = Check<any, any>;

/** Identity; infers needs and limits so that `evaluate` sees only what they name. */
export function defineCheck<const N extends Needs, const L extends LimitSet>(check: Check<N, L>): Check<N, L> {
  return check;
}

/** Kinds for checks that rest on files which were looked at, or on nothing but declarations and tables. */
export const INSPECTED_KINDS: Readonly<Record<Lane, readonly EvidenceKind[]>> = {
  experimental: ['declared', 'inspected'],
  'early-access': ['inspected'],
  production: ['inspected'],
};

/** Kinds for checks that rest on drills: what answers the calls may be simulated, what meets the fault is the team's own code. */
export const DRILL_KINDS: Readonly<Record<Lane, readonly EvidenceKind[]>> = {
  experimental: ['simulated', 'replayed', 'live'],
  'early-access': ['simulated', 'replayed', 'live'],
  production: ['simulated', 'replayed', 'live'],
};

/** Kinds for checks that rest on a judge: a simulated one shows nothing about the judge that is meant. */
export const JUDGED_KINDS: Readonly<Record<Lane, readonly EvidenceKind[]>> = {
  experimental: ['simulated', 'replayed', 'live'],
  'early-access': ['replayed', 'live'],
  production: ['replayed', 'live'],
};

/** Kinds for checks that only real traffic or the team's own running code can pass. */
export const OBSERVED_KINDS: Readonly<Record<Lane, readonly EvidenceKind[]>> = {
  experimental: ['declared', 'recorded', 'replayed', 'simulated', 'live'],
  'early-access': ['recorded', 'replayed', 'live'],
  production: ['recorded', 'live'],
};
