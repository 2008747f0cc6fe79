import { EVIDENCE_KINDS, type EvidenceKind } from '../contract/evidence.ts';
import { LANES, type Lane } from '../contract/gate.ts';
import type { Policy } from '../contract/manifest.ts';
import type { StageRules } from '../contract/plan.ts';

/** What all policies together demand besides limits. Of two statements the stricter stands, whatever their order. */
export interface Demands {
  /** ISO date; undefined = every check blocks by its own severity. */
  readonly catalogue: string | undefined;
  readonly lowestLane: { readonly lane: Lane; readonly path: string } | undefined;
  readonly rules: StageRules;
  /** Kinds that every policy admits. */
  readonly kinds: Readonly<Record<Lane, readonly EvidenceKind[]>>;
  readonly requiredScenarios: readonly string[];
}

export function combinePolicies(policies: readonly Policy[]): Demands {
  const inconclusive = policies.flatMap(({ rules }) => rules?.pr.inconclusive ?? []);
  const isReported = inconclusive.length > 0 && inconclusive.every((rule) => rule === 'report');
  const kindsIn = (lane: Lane) =>
    EVIDENCE_KINDS.filter((kind) => policies.every(({ kinds }) => kinds[lane]?.includes(kind) ?? true));
  return {
    catalogue: policies
      .flatMap(({ catalogue }) => catalogue ?? [])
      .sort()
      .at(-1),
    lowestLane: policies
      .flatMap(({ lowestLane, path }) => (lowestLane === undefined ? [] : [{ lane: lowestLane, path }]))
      .sort((a, b) => LANES.indexOf(a.lane) - LANES.indexOf(b.lane))
      .at(-1),
    rules: { pr: { inconclusive: isReported ? 'report' : 'block' } },
    kinds: {
      experimental: kindsIn('experimental'),
      'early-access': kindsIn('early-access'),
      production: kindsIn('production'),
    },
    requiredScenarios: [...new Set(policies.flatMap(({ requiredScenarios }) => requiredScenarios))],
  };
}
