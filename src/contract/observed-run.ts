import type { EvidenceKind } from './evidence.ts';
import type { Approval, Embedding, ModelCall, Retrieval, RuleFacts, Run, ToolCall } from './run.ts';

/**
 * Token counts as a recording gives them, before the producer's convention is resolved. Any finite number may
 * appear here, negative and fractional ones included; undefined = not recorded.
 */
export interface RecordedUsage {
  readonly input: number | undefined;
  readonly output: number | undefined;
  readonly total: number | undefined;
  readonly cacheRead: number | undefined;
  readonly cacheWrite: number | undefined;
  readonly cacheWriteLong: number | undefined;
  readonly reasoning: number | undefined;
  /**
   * Whether the naming convention itself says that cache tokens are part of `input`
   * (`inclusive`), are not (`disjoint`), or leaves it open (`unstated`).
   */
  readonly convention: 'inclusive' | 'disjoint' | 'unstated';
  /** Whether it says that reasoning tokens are part of `output` (`inside`), are not (`beside`), or leaves it open. */
  readonly reasoningIs: 'inside' | 'beside' | 'unstated';
}

/**
 * Tokens counted in the recorded text of a call that reports none; undefined = that text is not recorded. The counts are
 * those of one tokenizer; how far other models differ is for the reader of the counts to say.
 */
export interface CountedTokens {
  readonly input: number | undefined;
  readonly output: number | undefined;
}

type SetByAnnotation = 'usage' | 'usageSource' | 'route' | 'costNanoUsd' | 'listNanoUsd' | 'unpriced' | 'contract';

/** What text assertions are judged on, in clear. */
export interface AssessedAnswer {
  readonly text: string;
  /** Undefined = finish reasons were not recorded. */
  readonly finish: readonly string[] | undefined;
  /** Citations that the answer carries besides its text. */
  readonly citations: number;
}

/**
 * Judges the clear arguments of one call, JSON text, by the rules of its tool; what only the whole run shows is left
 * unknown. Undefined: the tool has no rules. `args` undefined = the arguments are not recorded.
 */
export type AssessArguments = (tool: string | undefined, args: string | undefined) => RuleFacts | undefined;

/** A model call as observed: not yet priced or assigned to a declared model. */
export interface ObservedModelCall extends Omit<ModelCall, SetByAnnotation> {
  readonly recordedUsage: RecordedUsage;
  /** Only where `recordedUsage` lacks input or output. */
  readonly counted: CountedTokens | undefined;
  /** Words of the user that the call was given, redacted; absent = not recorded, or nobody asked for them. */
  readonly heard?: readonly string[] | undefined;
}

/** A tool call as observed: what only the whole run shows is not yet in its facts. */
export interface ObservedToolCall extends ToolCall {
  /** What it answered, redacted; absent = not recorded, or nobody asked for it. */
  readonly result?: string | undefined;
}

/** An embedding as observed: not yet priced. */
export type ObservedEmbedding = Omit<Embedding, SetByAnnotation>;

export type ObservedStep = ObservedModelCall | ObservedToolCall | Approval | ObservedEmbedding | Retrieval;

/** A run as observed: not yet matched with scenarios or compared with the release. */
export interface ObservedRun extends Omit<Run, 'binding' | 'scenario' | 'steps'> {
  readonly kind: EvidenceKind;
  /** Values of the attributes that scenarios select by; the first seen in step order wins. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly steps: readonly ObservedStep[];
}
