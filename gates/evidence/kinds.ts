import { INSPECTED_KINDS, OBSERVED_KINDS } from '../../src/contract/check.ts';
import type { EvidenceKind } from '../../src/contract/evidence.ts';
import type { Lane } from '../../src/contract/gate.ts';

/** Kinds for checks that hold files of the workload against what its runs show. */
export const FILE_AND_RUN_KINDS: Readonly<Record<Lane, readonly EvidenceKind[]>> = {
  experimental: both('experimental'),
  'early-access': both('early-access'),
  production: both('production'),
};

function both(lane: Lane): readonly EvidenceKind[] {
  return [...new Set([...INSPECTED_KINDS[lane], ...OBSERVED_KINDS[lane]])];
}
