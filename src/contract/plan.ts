import type { EvidenceKind } from './evidence.ts';
import type { GateId, Lane, Severity, Stage } from './gate.ts';
import type { Harm } from './harm/harms.ts';
import type { Json } from './json.ts';
import type { DrillPlan, LivePlan } from './live.ts';
import type { Pricing } from './prices.ts';
import type { McpServer } from './served/served-tools.ts';
import type { KillSwitch } from './stop-drill.ts';
import type { Flow, ToolPolicy } from './tool-policy.ts';

/** A model as declared. Labels that are undefined are unknown, not absent. */
export interface ModelRoute {
  readonly provider: string;
  readonly model: string;
  readonly cloud: string | undefined;
  readonly region: string | undefined;
  readonly account: string | undefined;
  /** `none`: declared to be called without any. */
  readonly gateway: string | undefined;
}

export const DEPENDENCY_KINDS = ['saas', 'cloud', 'gateway', 'database', 'service'] as const;

export interface Dependency {
  readonly name: string;
  readonly kind: (typeof DEPENDENCY_KINDS)[number];
  readonly vendor: string | undefined;
  readonly critical: boolean;
  /** What takes over when it is gone; undefined = nothing declared. */
  readonly alternative: string | undefined;
}

/** Text assertions that compare an answer with a value, and those that ask whether it refuses. */
export const COMPARISONS = ['equals', 'contains', 'icontains', 'not-contains', 'regex', 'not-regex'] as const;
export const REFUSAL_ASSERTIONS = ['is-refusal', 'not-refusal'] as const;

/** A predicate on one answer's text. */
export type TextAssertion =
  | { readonly type: (typeof COMPARISONS)[number]; readonly value: string }
  | { readonly type: 'is-json'; readonly schema: Json | undefined }
  | { readonly type: (typeof REFUSAL_ASSERTIONS)[number] }
  /** The answer matches this, or a citation of its own is recorded. */
  | { readonly type: 'cites'; readonly value: string | undefined };

/** What a run of a scenario must show: a text predicate on its last answer, or a tool that was called. */
export type Expectation =
  | { readonly type: 'text' /** Index into `Plan.assertions`. */; readonly assertion: number; readonly label: string }
  | { readonly type: 'tool-called'; readonly tool: string; readonly label: string }
  /** `index`: among the rules of its case, and so in `Run.rubrics`. */
  | { readonly type: 'llm-rubric'; readonly rule: string; readonly index: number; readonly label: string };

/** What is looked for in the text of answers besides what scenarios expect. */
export interface Asserted {
  /** Index into `Plan.assertions`; undefined = nothing is looked for. */
  readonly assertion: number | undefined;
}

/** A key that every run has without recording it: the path of its recording, as declared. */
export const RECORDING_KEY = 'aigate.recording';

export interface Scenario {
  readonly id: string;
  /** Share of production traffic, 0–1; the shares of a plan sum to 1. */
  readonly share: number;
  readonly critical: boolean;
  /** Attribute values a run must carry, all of them. */
  readonly select: Readonly<Record<string, string>>;
  readonly expect: readonly Expectation[];
}

/** Something that is said to the workload to see whether its answer harms the person who reads it. */
export interface PlannedHarmCase {
  readonly id: string;
  readonly harm: Harm;
  /** What live runs are given. */
  readonly input: string;
  readonly expect: readonly Expectation[];
}

export const ORIGINS = ['production', 'shadow', 'canary', 'staging', 'test', 'synthetic'] as const;
/** `none`: the recording is complete for its window. `unknown` is what an absent declaration means. */
export const SAMPLINGS = ['none', 'head', 'tail', 'unknown'] as const;

/** A recording as declared. */
export interface Source {
  /** Relative to the manifest, POSIX separators. In a manifest it may be a glob, in a plan it is one file. */
  readonly recording: string;
  /** Place in the manifest's list of sources, where a glob made it another one here; absent = the same. */
  readonly declaredAt?: number;
  readonly origin: (typeof ORIGINS)[number];
  /** ISO dates [from, to], both inclusive; undefined = not stated. */
  readonly window: readonly [string, string] | undefined;
  readonly sampling: (typeof SAMPLINGS)[number];
  /** Runs that took place in the window, recorded or not; undefined = not stated. */
  readonly total: number | undefined;
  /** Runs that were left out, by reason; undefined = not stated, [] = none. */
  readonly excluded: readonly { readonly reason: string; readonly runs: number }[] | undefined;
  /** What its runs are where aigate makes them itself; absent = what the recording says. */
  readonly kind?: Extract<EvidenceKind, 'replayed' | 'live'>;
}

/** Documents that answers rest on. */
export interface Knowledge {
  readonly name: string;
  /** Path or glob below the folder of the manifest. */
  readonly path: string;
  /** ms; undefined = no age is declared. */
  readonly maxAgeMs: number | undefined;
  /** Whether answers must cite it. */
  readonly isCited: boolean;
  /** Regular expression for a citation in the text of an answer; undefined = only recorded citations count. */
  readonly citation: string | undefined;
}

/** The people who take over when the workload cannot. */
export interface Handoff {
  readonly queue: string;
  /** Cases they take in an hour; undefined = not declared. */
  readonly perHour: number | undefined;
  readonly withinMs: number | undefined;
  /** The tool whose call hands a case over; undefined = only an approval record that escalates shows it. */
  readonly tool: string | undefined;
}

/** How often calls are repeated at most; undefined = not declared. */
export interface Retries {
  /** Of one model call. */
  readonly model: number | undefined;
  /** In one run. */
  readonly total: number | undefined;
}

/** What the workload's own code stops at, in one run; undefined = no cap is declared. */
export interface Caps {
  readonly modelCalls: number | undefined;
  readonly toolCalls: number | undefined;
  /** Of one model call. */
  readonly inputTokens: number | undefined;
  readonly outputTokens: number | undefined;
}

/** Who meets the answers, nearest first. */
export const AUDIENCES = ['systems', 'employees', 'customers', 'public'] as const;

/** How people learn that they deal with an AI: a phrase in every first answer, or in a file of the interface. */
export interface Disclosure {
  readonly phrase: string;
  /** Path of the file; undefined = the answers themselves. */
  readonly path: string | undefined;
}

/** The account the workload acts as. */
export interface Identity {
  readonly principal: string;
  readonly credentials: { readonly source: string; readonly maxTtlMs: number } | undefined;
}

export interface Monitor {
  readonly name: string;
  /** Attribute key or span name in the recordings. */
  readonly signal: string;
  readonly alert: string;
}

/** Durations in ms; undefined = not declared. */
export interface Timeouts {
  readonly modelMs: number | undefined;
  readonly toolMs: number | undefined;
  readonly runMs: number | undefined;
}

/** Runs per month; `low` and `high` are the 5 % and 95 % points of the forecast. */
export interface MonthlyRuns {
  readonly expected: number;
  readonly low: number | undefined;
  readonly high: number | undefined;
}

export const LIMIT_LAYERS = ['default', 'policy', 'manifest'] as const;

/** Which layer set a limit: a built-in default, a policy file, or the manifest. */
export interface LimitOrigin {
  readonly layer: (typeof LIMIT_LAYERS)[number];
  /** `file:line` for policy and manifest; undefined for a default. */
  readonly at: string | undefined;
}

/** A check as it will be judged. A limit that nobody set is missing from `limits`. */
export interface PlannedCheck {
  readonly id: string;
  readonly gate: GateId;
  readonly severity: Severity;
  /** Why an otherwise blocking check is only advisory; undefined when the check's own severity stands. */
  readonly advisoryBecause: string | undefined;
  readonly limits: Readonly<Record<string, Json>>;
  readonly origins: Readonly<Record<string, LimitOrigin>>;
  /** Kinds of evidence that may pass it in the plan's lane, after the policy's restriction. */
  readonly kinds: readonly EvidenceKind[];
  /** Set when the plan makes the check pointless; says which declaration did. */
  readonly notApplicable: string | undefined;
}

/** The earlier evaluation that this one is compared with. */
export interface BaselineIdentity {
  readonly runId: string;
  readonly evaluatedAt: string;
  readonly artifactsDigest: string;
}

/** What runs are compared with to know whether they belong to what ships. */
export interface ReleaseIdentity {
  /** `sha256:…` over code, artifacts, tools and models; printed by `aigate digest`. */
  readonly artifactsDigest: string;
  /** Commit id; undefined outside a git work tree. */
  readonly revision: string | undefined;
  /** Git tree id of the commit. */
  readonly tree: string | undefined;
  /** Whether the work tree has changes that are not in `revision`; undefined outside git. */
  readonly isDirty: boolean | undefined;
}

export const INCONCLUSIVE_RULES = ['block', 'report'] as const;

/** How inconclusive results block, per stage. */
export interface StageRules {
  readonly pr: { readonly inconclusive: (typeof INCONCLUSIVE_RULES)[number] };
}

/** How far a workload acts on its own, least first. */
export const AUTONOMIES = ['suggest', 'draft', 'execute-with-approval', 'autonomous'] as const;

/** How a policy was named: on the command line, or by the manifest. */
export const POLICY_ROUTES = ['flag', 'extends'] as const;

/** Manifest × policy × catalogue: everything that is judged and with which limits, before anything is observed. */
export interface Plan {
  /** ISO 8601 in UTC; the only clock that checks see. */
  readonly evaluatedAt: string;
  readonly stage: Stage;
  readonly workload: {
    readonly name: string;
    readonly owner: string;
    readonly lane: Lane;
    readonly autonomy: (typeof AUTONOMIES)[number];
    /** Admits declared runs, marks every page, forbids a release. */
    readonly isDemo: boolean;
    readonly identity: Identity | undefined;
    readonly audience: (typeof AUDIENCES)[number] | undefined;
  };
  readonly models: { readonly primary: ModelRoute; readonly fallback: readonly ModelRoute[] };
  readonly dependencies: readonly Dependency[];
  /** `none` = declared to rest on no documents; undefined = nothing declared. */
  readonly knowledge: readonly (Knowledge & Asserted)[] | 'none' | undefined;
  readonly handoff: Handoff | undefined;
  readonly timeouts: Timeouts;
  readonly retries: Retries;
  readonly caps: Caps;
  readonly monthlyRuns: MonthlyRuns;
  /** Most runs started in a second; undefined = not declared. */
  readonly peakPerSecond: number | undefined;
  readonly pricing: Pricing;
  /** `none` = declared to have no tools; undefined = nothing declared. */
  readonly tools: Readonly<Record<string, ToolPolicy>> | 'none' | undefined;
  /** Tool servers by name; empty = none is declared. */
  readonly mcp: Readonly<Record<string, McpServer>>;
  /** Path of the lock of tool definitions and artifacts, relative to the manifest; undefined = nothing is held to one. */
  readonly lock: string | undefined;
  /** What the order of calls must be; absent = nothing declared. */
  readonly flows?: readonly Flow[] | undefined;
  readonly sources: readonly Source[];
  /** How aigate runs the workload itself; undefined = recordings alone are judged. */
  readonly live: LivePlan | undefined;
  /** Undefined: no provider is broken on purpose. */
  readonly drills: DrillPlan | undefined;
  /** Undefined: nothing is declared that stops it. */
  readonly killSwitch: KillSwitch | undefined;
  readonly scenarios: readonly Scenario[];
  /** Undefined: nobody asks whether answers do harm. */
  readonly userHarm:
    | { readonly cases: readonly PlannedHarmCase[] /** Of each case, ≥ 1. */; readonly runs: number }
    | undefined;
  readonly assertions: readonly TextAssertion[];
  readonly evidence: {
    readonly riskOwner: string | undefined;
    readonly runbook: string | undefined;
    readonly disclosure: (Disclosure & Asserted) | undefined;
    /** undefined = not declared; [] = declared, none. */
    readonly monitors: readonly Monitor[] | undefined;
  };
  readonly requiredScenarios: readonly string[];
  readonly checks: readonly PlannedCheck[];
  readonly rules: StageRules;
  /** Declarations that are accepted and that no check of this version judges, such as `evidence.waivers`. */
  readonly declaredOnly: readonly string[];
  readonly release: ReleaseIdentity;
  /** Globs of the manifest: what ships besides code, and the code. */
  readonly artifacts: readonly string[];
  readonly code: readonly string[];
  /** Undefined: none was given. */
  readonly baseline: BaselineIdentity | undefined;
  /** The policy files applied, base first. */
  readonly policies: readonly {
    readonly path: string;
    readonly sha256: string;
    readonly via: (typeof POLICY_ROUTES)[number];
  }[];
  /** RFC 6901 pointer into the manifest → line, for every node; lets findings point at a declaration. */
  readonly manifestLines: Readonly<Record<string, number>>;
}
