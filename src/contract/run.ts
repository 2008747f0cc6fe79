import type { Binding, EvidenceKind, EvidenceRef } from './evidence.ts';

/**
 * What a step and a run have in common. Every field is a value or `undefined` = not recorded;
 * zero and the empty string are values.
 */
interface Timed {
  readonly ref: EvidenceRef;
  /** Unix time in ms; undefined when not recorded or impossible. */
  readonly startMs: number | undefined;
  /** ms, ≥ 0; undefined when start or end is not recorded or the clock ran backwards. */
  readonly durationMs: number | undefined;
  /** `error.type`, or `error` when only the status says so; undefined = the recording shows no error. */
  readonly error: string | undefined;
}

/**
 * Token counts of one model call, normalised: `input` is all input including cache reads and writes,
 * `output` is all output including reasoning. Each is an integer ≥ 0 or undefined = not recorded.
 */
export interface Usage {
  readonly input: number | undefined;
  readonly output: number | undefined;
  readonly cacheRead: number | undefined;
  readonly cacheWrite: number | undefined;
  /** The part of `cacheWrite` that is kept for an hour, which costs more; undefined = the lifetime is not recorded. */
  readonly cacheWriteLong: number | undefined;
  readonly reasoning: number | undefined;
}

/**
 * Where token counts come from. `reported`: input and output by the producer. `total`: only their sum, split the dearest
 * way. `estimated`: counted in the recorded text and widened to the upper end of the estimate's band. `absent`: nowhere.
 */
export const USAGE_SOURCES = ['reported', 'total', 'estimated', 'absent'] as const;
export type UsageSource = (typeof USAGE_SOURCES)[number];

/** Why a call has no price. Never treated as zero. */
export const UNPRICED = ['no-usage', 'contradictory-usage', 'no-model', 'unknown-model', 'unknown-tier'] as const;
export type Unpriced = (typeof UNPRICED)[number];

/** What a call costs. Exactly one of `costNanoUsd` and `unpriced` is defined. */
interface Priced {
  /**
   * Integer nano-USD on the day of evaluation, by contract where the policy has one for the model, else at list price. 0
   * for calls that are paid for by capacity, whatever they use.
   */
  readonly costNanoUsd: number | undefined;
  /** The same at list price; undefined where the list does not have the model. */
  readonly listNanoUsd: number | undefined;
  readonly unpriced: Unpriced | undefined;
  /** Index of the contract of the policy that set the price; undefined = list price. */
  readonly contract: number | undefined;
}

/** One request to a model provider that asks for an answer. */
export interface ModelCall extends Timed, Priced {
  readonly type: 'model';
  readonly provider: string | undefined;
  readonly requestedModel: string | undefined;
  readonly servedModel: string | undefined;
  readonly usage: Usage;
  readonly usageSource: UsageSource;
  /** Tier of service that answered, as recorded, in lower case: `batch`, `flex`, `priority`, `default` … */
  readonly serviceTier: string | undefined;
  /** ms from the start of the call to the first part of the answer. */
  readonly firstTokenMs: number | undefined;
  /** The answer was taken from a store of earlier answers, without asking the model; undefined = not recorded. */
  readonly isReplayed: boolean | undefined;
  /** Request parameters beyond model and messages, such as `seed`; undefined = not recorded. */
  readonly parameters: readonly string[] | undefined;
  /** Repetitions that happened below this call, by a client or a proxy; undefined = not recorded, which is not none. */
  readonly resends: number | undefined;
  /** Recorded finish reasons, e.g. `stop`, `tool_calls`; empty array = recorded, none. */
  readonly finish: readonly string[] | undefined;
  /** `aigate.attempt`, from 1. */
  readonly attempt: number | undefined;
  /** `aigate.fallback.from`: the model or provider this call replaced. */
  readonly fallbackFrom: string | undefined;
  readonly fallbackReason: string | undefined;
  /** Cost the producer itself reported, in USD; a cross-check only. */
  readonly recordedCostUsd: number | undefined;
  /** Output text after redaction, shortened. */
  readonly text: string | undefined;
  /** Result of every text assertion of the plan on the clear text; undefined when no text was recorded. */
  readonly facts: TextFacts | undefined;
  /** Names of tools the answer asked for; undefined = the answer's content was not recorded. */
  readonly requestedTools: readonly string[] | undefined;
  /** Names of the tools that the request offered to the model; absent = not recorded, empty = none. */
  readonly offeredTools?: readonly string[] | undefined;
  /** Which declared model this call went to; set by annotation. */
  readonly route: Route;
}

/** One character per assertion in `Plan.assertions` order: `1` holds, `0` does not. */
export type TextFacts = string;

/** The declared model a call belongs to: the primary, the n-th fallback (from 0), or none of them. */
export type Route = 'primary' | `fallback/${number}` | 'undeclared' | 'not-recorded';

/** One execution of a tool. */
export interface ToolCall extends Timed {
  readonly type: 'tool';
  /** Undefined when the recording has a tool step without a name. */
  readonly tool: string | undefined;
  readonly callId: string | undefined;
  /** JSON text of the arguments after redaction, shortened. */
  readonly args: string | undefined;
  /** What is known of each rule of the tool, in the order of the plan; absent where the tool has none. */
  readonly facts?: RuleFacts | undefined;
  /** Kind of a secret that stood in what it answered, of which nothing else is kept; absent = none of a known form. */
  readonly resultSecret?: string | undefined;
}

/** One `RuleFact` per rule in `ToolPolicy.rules` order. */
export type RuleFacts = string;

export const APPROVAL_DECISIONS = ['approve', 'modify', 'reject', 'escalate', 'terminate'] as const;
export type ApprovalDecision = (typeof APPROVAL_DECISIONS)[number];

/** A decision about a tool call. `tool` and `callId` undefined = the record does not say what was approved. */
export interface Approval extends Timed {
  readonly type: 'approval';
  readonly decision: ApprovalDecision | undefined;
  readonly by: 'human' | 'policy' | 'none' | undefined;
  readonly approver: string | undefined;
  /** Of the approval itself, the only one of all runs: one that is used twice shows by it. Absent = not recorded. */
  readonly id?: string | undefined;
  /** JSON text of the arguments that were approved, after redaction, shortened; absent = not recorded. */
  readonly args?: string | undefined;
  readonly tool: string | undefined;
  readonly callId: string | undefined;
}

/** One request that turns text into vectors. It is paid for, but it answers nothing. */
export interface Embedding extends Timed, Priced {
  readonly type: 'embedding';
  readonly provider: string | undefined;
  readonly model: string | undefined;
  readonly inputTokens: number | undefined;
}

/** One look into a store of documents. */
export interface Retrieval extends Timed {
  readonly type: 'retrieval';
  /** Name or id of the store; undefined = not recorded. */
  readonly source: string | undefined;
  /** Ids or names of what was found, shortened; undefined = not recorded, empty = nothing was found. */
  readonly documents: readonly string[] | undefined;
}

export type Step = ModelCall | ToolCall | Approval | Embedding | Retrieval;

export type RunOutcome = 'success' | 'failure' | 'abandoned';

/** The scenarios whose `select` a run meets: exactly one is usable, none or several are counted apart. */
export type ScenarioMatch =
  | { readonly match: 'one'; readonly id: string }
  | { readonly match: 'none' }
  | { readonly match: 'several'; readonly ids: readonly string[] };

/**
 * What became of an arrival of a load: `arrival`: it was started, whatever came of it. `dropped`: as many as were allowed
 * were still running, so that its user was turned away.
 */
export const LOAD_ROLES = ['arrival', 'dropped'] as const;
export type LoadRole = (typeof LOAD_ROLES)[number];

/** One user task: the unit of every statistic and of cost. Steps are ordered by start time, then by place. */
export interface Run extends Timed {
  /** Trace id in lower case, or the id of a hand-written run. */
  readonly id: string;
  readonly kind: EvidenceKind;
  readonly binding: Binding;
  readonly scenario: ScenarioMatch;
  readonly outcome: RunOutcome | undefined;
  /**
   * Part of a load: its start is the intended one, its duration reaches from there to its end, and it is in no rate or
   * percentile but those of load. Undefined = an ordinary run.
   */
  readonly load: LoadRole | undefined;
  /**
   * Id of the case of user harm that was put to the workload: the run is in no rate or percentile but those of harm.
   * Undefined = an ordinary run.
   */
  readonly harm: string | undefined;
  /**
   * What a judge said of each rule of the case of user harm, in their order: `1` the answer follows it, `0` it does not, `?`
   * neither was said. Undefined = no judge was asked.
   */
  readonly rubrics: string | undefined;
  /**
   * Of what the user was shown, where that is recorded beside the answers of models, as of live runs: what a program
   * prints may be anything. Absent = not recorded; the last answer of a model stands for it.
   */
  readonly shown?: TextFacts | undefined;
  /** What was asked, where the same is asked in several runs: a test case, a sample, a task. */
  readonly task: string | undefined;
  /** Who the workload acted as or for: the first of agent id, user id and account that is recorded. */
  readonly principal: string | undefined;
  /** Version that the workload or its prompts say they have. */
  readonly version: string | undefined;
  /** Whether the span that encloses the task was recorded; without it `error` cannot be read as success. */
  readonly hasRoot: boolean;
  readonly revision: string | undefined;
  readonly artifactsDigest: string | undefined;
  /** `deployment.environment.name` of the recording. */
  readonly environment: string | undefined;
  /** The monitored signals (attribute keys or span names) that occur in this run. */
  readonly signals: readonly string[];
  readonly steps: readonly Step[];
}
