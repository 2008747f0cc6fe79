import type { ScheduledFault } from './drill-schedule.ts';
import type { EvidenceKind } from './evidence.ts';
import type { JudgePlan, PROMPT_SDKS } from './judge.ts';
import type { ProbePlan } from './probe.ts';

/** How an input reaches the program that is started once for each run. */
export const COMMAND_INPUTS = ['stdin', 'argument', 'file'] as const;

/** What is run to see how the workload behaves. */
export type LiveTarget =
  | {
      readonly type: 'command';
      /** Program and arguments; no shell reads them. */
      readonly command: readonly string[];
      readonly input: (typeof COMMAND_INPUTS)[number];
      readonly passEnv: readonly string[];
    }
  | {
      readonly type: 'http';
      /** Starts the service; undefined = it already runs at `url`. */
      readonly command: readonly string[] | undefined;
      /** `{port}` in it and in the command is replaced by a free port, where aigate starts the service. */
      readonly url: string;
      readonly readyPath: string | undefined;
      readonly passEnv: readonly string[];
      readonly request: { readonly method: string; readonly path: string };
    }
  /** The primary model itself, without any code of the workload. */
  | {
      readonly type: 'prompt';
      /** Taken from the packages that the workload has installed. */
      readonly sdk: (typeof PROMPT_SDKS)[number];
      /** Path of the system prompt; undefined = none. */
      readonly system: string | undefined;
      /** Path of a JSON list of tools with name, description and parameters; undefined = none. */
      readonly tools: string | undefined;
      readonly isStream: boolean;
      /** Most tokens of an answer. */
      readonly maxTokens: number;
    };

/** A real provider that a run may ask. */
export interface LiveProviderPlan {
  /** With the version where it has one; undefined = the address that is known, or that the environment names. */
  readonly url: string | undefined;
  /** Name of the environment variable that holds the key; `none` = it asks for no key; undefined = `<PROVIDER>_API_KEY`. */
  readonly key: { readonly env: string } | 'none' | undefined;
}

/** How the arrivals of a load are spread: evenly, or as users come, who know nothing of each other. */
export const LOAD_SHAPES = ['constant', 'poisson'] as const;

/** Runs that arrive whatever becomes of the earlier ones. */
export interface LoadPlan {
  /** Mean rate, > 0. */
  readonly perSecond: number;
  readonly forMs: number;
  readonly shape: (typeof LOAD_SHAPES)[number];
  /** Runs that may be under way at the same time; who arrives beyond that is turned away. */
  readonly inFlight: number;
}

/** The most that live runs and drills may use together. A limit that is undefined does not stop them. */
export interface LiveBudget {
  /** At list or contract prices of the calls that a provider really answers; what is simulated or replayed costs nothing. */
  readonly usd: number | undefined;
  /** Requests that the upstream answers, whatever it is. */
  readonly calls: number | undefined;
  /** ms from the first run on. */
  readonly timeMs: number | undefined;
}

/** Who answers the model calls; it decides which kind of evidence the runs are. Paths are relative to the manifest. */
export type LiveUpstream =
  /** A script. */
  | { readonly type: 'simulated'; readonly script: string }
  /** A cassette, which `aigate record` writes. */
  | { readonly type: 'replay'; readonly cassette: string }
  /** The providers themselves, by the names that `models` uses; no other is asked. */
  | { readonly type: 'live'; readonly providers: Readonly<Record<string, LiveProviderPlan>> };

/** Which kind of evidence healthy runs are, by who answers their model calls. */
export const LIVE_KINDS = { simulated: 'declared', replay: 'replayed', live: 'live' } as const satisfies Record<
  LiveUpstream['type'],
  EvidenceKind
>;

/** Which kind of evidence drills are: what meets the fault is the team's own code, whoever answers the other calls. */
export const DRILL_KIND_OF = { simulated: 'simulated', replay: 'replayed', live: 'live' } as const satisfies Record<
  LiveUpstream['type'],
  EvidenceKind
>;

/** How aigate runs the workload itself. */
export interface LivePlan {
  readonly target: LiveTarget;
  readonly upstream: LiveUpstream;
  /** Tools that are played for the workload, with the JSON text that each answers; undefined = none are. */
  readonly tools?: Readonly<Record<string, string>> | undefined;
  /** Environment variables that every run is given. */
  readonly env: Readonly<Record<string, string>>;
  /** Healthy runs of each scenario, ≥ 1. */
  readonly runs: number;
  readonly concurrency: number;
  /** Hard limit of one run, ms. */
  readonly timeoutMs: number;
  /** Judges by rules in words; undefined = nobody does. */
  readonly judge: JudgePlan | undefined;
  /** Undefined: no load is put on the workload. */
  readonly load: LoadPlan | undefined;
  /** Undefined: the workload is not tempted to do what it must not. */
  readonly probes: ProbePlan | undefined;
  /** Undefined: everything that is planned is run. */
  readonly budget: LiveBudget | undefined;
}

/** Which providers are broken on purpose, and how. */
export interface DrillPlan {
  /** Ids of faults, in the order of the catalogue, that last as long as the run. */
  readonly faults: readonly string[];
  /** Further drills whose fault is there for some requests only; they take no place of an ordinary one. */
  readonly scheduled: readonly ScheduledFault[];
  /** Runs of each fault in each scenario, ≥ 1. */
  readonly runs: number;
  /** Ids of scenarios. */
  readonly scenarios: readonly string[];
  /** What a degraded answer says; undefined = the workload has none. */
  readonly degraded: string | undefined;
  /** What an answer says when a person takes over; undefined = only a call of `handoff.tool` shows it. */
  readonly handedOff: string | undefined;
}

/** Path of the recording that live runs leave, relative to the manifest. */
export const LIVE_RECORDING = '.aigate/live/runs.jsonl';
