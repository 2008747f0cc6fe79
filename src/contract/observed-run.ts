import type { EvidenceKind } from './evidence.ts';
import type { Approval, ModelCall, Run, ToolCall } from './run.ts';

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
  readonly reasoning: number | undefined;
  /**
   * Whether the naming convention itself says that cache tokens are part of `input`
   * (`inclusive`), are not (`disjoint`), or leaves it open (`unstated`).
   */
  readonly convention: 'inclusive' | 'disjoint' | 'unstated';
}

/** A model call as observed: not yet priced or assigned to a declared model. */
export interface ObservedModelCall extends Omit<ModelCall, 'usage' | 'route' | 'costNanoUsd' | 'unpriced'> {
  readonly recordedUsage: RecordedUsage;
}

export type ObservedStep = ObservedModelCall | ToolCall | Approval;

/** A run as observed: not yet matched with scenarios or compared with the release. */
export interface ObservedRun extends Omit<Run, 'binding' | 'scenario' | 'steps'> {
  readonly kind: EvidenceKind;
  /** Values of the attributes that scenarios select by; the first seen in step order wins. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly steps: readonly ObservedStep[];
}
