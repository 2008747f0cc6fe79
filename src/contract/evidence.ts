/**
 * Where a value was read: an artifact, a line in its decompressed text (from 1) and an RFC 6901 pointer
 * into the JSON or YAML value on that line (`line` 1 and a pointer from the root for a whole document).
 * `artifact` is the id of an entry of `RunResult.artifacts`, which holds path and SHA-256.
 */
export interface EvidenceRef {
  readonly artifact: string;
  readonly line: number;
  readonly pointer: string;
  /** The run the value belongs to; absent for places in the manifest or policy. */
  readonly run?: string;
  /** SHA-256 of the artifact, lower-case hex; set in published findings. */
  readonly sha256?: string;
}

/**
 * How a run came to be. `declared` holds what somebody wrote down (hand-written and synthetic recordings):
 * it passes nothing in production.
 */
export const EVIDENCE_KINDS = ['declared', 'inspected', 'recorded', 'replayed', 'simulated', 'live'] as const;
export type EvidenceKind = (typeof EVIDENCE_KINDS)[number];

/**
 * Whether a run belongs to what is about to ship. `bound`: its recorded artifact digest (or, without one,
 * its revision on a clean tree) is the current one. `mismatched`: it was recorded against something else.
 * `unbound`: the recording does not say.
 */
export const BINDINGS = ['bound', 'unbound', 'mismatched'] as const;
export type Binding = (typeof BINDINGS)[number];
