/** The six gates, in the order in which they are judged and shown. */
export const GATE_IDS = ['cost', 'reliability', 'fallback', 'tool-control', 'provider-dependency', 'evidence'] as const;
export type GateId = (typeof GATE_IDS)[number];

/** The release lane a workload declares; never inferred. */
export const LANES = ['experimental', 'early-access', 'production'] as const;
export type Lane = (typeof LANES)[number];

/** When the gate is asked: on a change, or before a release. */
export const STAGES = ['pr', 'release'] as const;
export type Stage = (typeof STAGES)[number];

/** A failing blocker decides the verdict; a failing advisory is reported only. */
export const SEVERITIES = ['blocker', 'advisory'] as const;
export type Severity = (typeof SEVERITIES)[number];

export interface Gate {
  readonly id: GateId;
  /** Sentence case, no full stop. */
  readonly title: string;
  /** The question it answers for a release decision. */
  readonly question: string;
}

/** Identity; gives `gates/<gate>/gate.ts` its type. */
export function defineGate(gate: Gate): Gate {
  return gate;
}
