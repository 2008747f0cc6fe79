import type { EvidenceKind } from './evidence.ts';
import type { GateId, Lane, Severity, Stage } from './gate.ts';
import type { Json } from './json.ts';
import type { LiveBudget, LivePlan } from './live.ts';
import type { LimitOrigin } from './plan.ts';
import type { SourcePopulation } from './population.ts';
import type { SampleDemand } from './sample-demand.ts';

/** What will be judged, on what, and what it can prove: said before anything is judged. */
export interface PlanPreview {
  readonly schemaVersion: 1;
  readonly workload: { readonly name: string; readonly owner: string; readonly lane: Lane };
  readonly stage: Stage;
  readonly policies: readonly string[];
  readonly sources: readonly PreviewedSource[];
  readonly scenarios: readonly {
    readonly id: string;
    readonly share: number;
    readonly critical: boolean;
    /** Runs that match it, whatever their kind and release. */
    readonly runs: number;
  }[];
  /** Runs that match no scenario, or several. */
  readonly unmatchedRuns: number;
  /** Undefined = the manifest declares none. */
  readonly drills: PreviewedDrills | undefined;
  /** In the order in which they are judged. */
  readonly checks: readonly PreviewedCheck[];
  readonly spend: Spend;
}

/** The runs in which something is broken: every drill in every one of these scenarios. */
export interface PreviewedDrills {
  /** Faults, those that are there for some requests only with their schedule. */
  readonly drills: readonly string[];
  readonly scenarios: readonly string[];
  /** Fewest runs of a drill in a scenario. */
  readonly runs: number;
  readonly total: number;
  /** The rate (0–1) of good endings that all of them together prove when none ends badly. */
  readonly provenRate: number;
}

export interface PreviewedSource
  extends Pick<SourcePopulation, 'recording' | 'form' | 'kind' | 'runs' | 'problemCount'> {
  readonly origin: string;
  readonly window: readonly [string, string] | undefined;
  readonly sampling: string;
  /** Of its runs, those that say that they belong to what ships; undefined = the source has none. */
  readonly boundRuns: number;
}

export interface PreviewedCheck {
  readonly id: string;
  readonly gate: GateId;
  readonly title: string;
  readonly severity: Severity;
  readonly limits: readonly { readonly name: string; readonly value: Json; readonly origin: LimitOrigin | undefined }[];
  /** Limits that somebody must set before it can be judged. */
  readonly unset: readonly string[];
  readonly kinds: readonly EvidenceKind[];
  readonly notApplicable: string | undefined;
  readonly demands: readonly PreviewedDemand[];
}

export interface PreviewedDemand {
  readonly demand: SampleDemand;
  /** Fewest units that can pass; each group of `groups` needs them. */
  readonly fewest: number;
  /** Units that give a healthy service a 90 % chance, and the failures then admitted; undefined = nothing is left to chance. */
  readonly likely: { readonly units: number; readonly failures: number } | undefined;
  /** What is there and counts, by scenario or as a whole; undefined = it is not counted before the check. */
  readonly groups:
    | readonly { readonly name: string; readonly units: number; readonly provenRate: number | undefined }[]
    | undefined;
}

/** What the evaluation and the runs that are still missing cost. */
export interface Spend {
  /** Mean of the runs whose calls all have a price, in USD; undefined = none has. */
  readonly meanRunUsd: number | undefined;
  /** Runs that are still to be recorded for the most demanding check to have its likely number. */
  readonly missingRuns: number;
  /** What \`check\` will run itself; undefined = it only reads. */
  readonly live: LiveForecast | undefined;
}

/** Most and expected; `most` undefined = the manifest does not bound it. */
interface Forecast {
  readonly expected: number;
  readonly most: number | undefined;
}

/** What live runs and drills will ask of models, and what that costs. */
export interface LiveForecast {
  readonly upstream: LivePlan['upstream']['type'];
  readonly healthy: number;
  readonly drilled: number;
  /** Arrivals of the load. */
  readonly loaded: number;
  /** Runs whose tool is taken back. */
  readonly undone: number;
  /** Runs of the stop drill, those without the command among them. */
  readonly stopped: number;
  /** Runs that are tempted to do what they must not. */
  readonly probed: number;
  /** Calls of the judge, which are in none of the figures below. */
  readonly judged: number;
  /** Where the calls of a run are known from: earlier runs, only the declared cap, or a prompt, which is one call. */
  readonly basis: 'recorded' | 'cap' | 'prompt' | undefined;
  readonly callsPerRun: number | undefined;
  readonly calls: Forecast | undefined;
  /** USD; undefined = not known, which is not nothing. */
  readonly usd: Forecast | undefined;
  readonly budget: LiveBudget | undefined;
}
