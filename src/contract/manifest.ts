import type { EvidenceKind } from './evidence.ts';
import type { Lane } from './gate.ts';
import type { Harm } from './harm/harms.ts';
import type { Json } from './json.ts';
import type { DrillPlan, LiveBudget, LivePlan } from './live.ts';
import type {
  Caps,
  Dependency,
  Disclosure,
  Handoff,
  Knowledge,
  ModelRoute,
  Monitor,
  MonthlyRuns,
  Plan,
  Retries,
  Source,
  StageRules,
  TextAssertion,
  Timeouts,
} from './plan.ts';
import type { Contract } from './prices.ts';
import type { McpServer } from './served/served-tools.ts';
import type { KillSwitch } from './stop-drill.ts';
import type { Flow, ToolPolicy } from './tool-policy.ts';

/** A place in a text file; line and column from 1. */
export interface Position {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** Limits of one check as one layer states them, each with its place. */
export interface DeclaredCheck {
  readonly values: Readonly<Record<string, Json>>;
  readonly positions: Readonly<Record<string, Position>>;
  /** Place of the check's key. */
  readonly position: Position;
}

/** Check id → what a manifest or policy says about it. */
export type DeclaredChecks = Readonly<Record<string, DeclaredCheck>>;

export type DeclaredExpectation =
  | TextAssertion
  | { readonly type: 'tool-called'; readonly value: string }
  /** A rule in words that a judge holds the answer against. */
  | { readonly type: 'llm-rubric'; readonly value: string };

export interface DeclaredScenario {
  readonly id: string;
  readonly share: number;
  readonly critical: boolean;
  readonly select: Readonly<Record<string, string>>;
  readonly expect: readonly DeclaredExpectation[];
  /** What live runs are given, in turn; empty = none is declared. */
  readonly inputs: readonly string[];
}

/** What is said to the workload to see whether its answers do harm. */
export interface DeclaredUserHarm {
  /** Packs of ready cases. */
  readonly packs: readonly Harm[];
  /** Own cases, with inputs as they are given. */
  readonly cases: readonly {
    readonly id: string;
    readonly harm: Harm;
    readonly input: string;
    readonly expect: readonly DeclaredExpectation[];
  }[];
  /** What a text of a pack becomes: `{input}` stands for it, within JSON text where it is JSON. */
  readonly template: string;
  readonly runs: number;
}

/** A parsed workload manifest: valid in itself, not yet combined with a policy. */
export interface Manifest {
  /** As given by the user, for messages. */
  readonly path: string;
  readonly sha256: string;
  /** Policies as written, in order: paths relative to the manifest, or `aigate:PACK`; each optionally pinned. */
  readonly extends: readonly string[];
  readonly workload: Plan['workload'];
  /** Globs relative to the manifest: what ships besides code, and the code. */
  readonly artifacts: readonly string[];
  readonly code: readonly string[];
  readonly models: { readonly primary: ModelRoute; readonly fallback: readonly ModelRoute[] };
  readonly dependencies: readonly Dependency[];
  readonly knowledge: readonly Knowledge[] | 'none' | undefined;
  readonly handoff: Handoff | undefined;
  readonly timeouts: Timeouts;
  readonly retries: Retries;
  readonly caps: Caps;
  readonly monthlyRuns: MonthlyRuns;
  readonly peakPerSecond: number | undefined;
  readonly tools: Readonly<Record<string, ToolPolicy>> | 'none' | undefined;
  readonly mcp: Readonly<Record<string, McpServer>>;
  readonly lock: string | undefined;
  readonly flows: readonly Flow[] | undefined;
  readonly sources: readonly Source[];
  readonly live: LivePlan | undefined;
  readonly drills: DrillPlan | undefined;
  /** Undefined: nothing is declared that stops it. */
  readonly killSwitch: KillSwitch | undefined;
  readonly scenarios: readonly DeclaredScenario[];
  readonly userHarm: DeclaredUserHarm | undefined;
  readonly checks: DeclaredChecks;
  readonly evidence: {
    readonly riskOwner: string | undefined;
    readonly runbook: string | undefined;
    readonly disclosure: Disclosure | undefined;
    readonly monitors: readonly Monitor[] | undefined;
  };
  /** Dotted paths of declarations that are accepted and that no check of this version judges. */
  readonly declaredOnly: readonly string[];
  /** Place of `workload.lane`, for the policy's lowest lane. */
  readonly lanePosition: Position;
  /** RFC 6901 pointer → line, for every node. */
  readonly lines: Readonly<Record<string, number>>;
}

/** A parsed policy: what the author of a change cannot loosen. Undefined fields say nothing. */
export interface Policy {
  readonly path: string;
  readonly sha256: string;
  readonly via: Plan['policies'][number]['via'];
  /** ISO date: checks that arrived later are advisory until adopted. */
  readonly catalogue: string | undefined;
  readonly lowestLane: Lane | undefined;
  readonly checks: DeclaredChecks;
  /** Narrows the kinds of evidence that may pass, per lane. */
  readonly kinds: Readonly<Partial<Record<Lane, readonly EvidenceKind[]>>>;
  readonly rules: StageRules | undefined;
  readonly requiredScenarios: readonly string[];
  readonly prices: DeclaredPrices | undefined;
  /** The most that live runs may use; undefined = it says nothing. */
  readonly liveBudget: LiveBudget | undefined;
}

/** What a policy says about prices. Absent fields say nothing. */
export interface DeclaredPrices {
  readonly maxAgeDays: number | undefined;
  readonly serviceTiers: Readonly<Record<string, number>>;
  readonly contracts: readonly Contract[];
}
