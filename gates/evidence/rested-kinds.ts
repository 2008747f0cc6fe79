import type { EvidenceKind } from '../../src/contract/evidence.ts';
import type { Finding } from '../../src/contract/finding.ts';
import { GATE_IDS } from '../../src/contract/gate.ts';

/** Kinds on which a pass rests weakly: nobody saw a user's run take place. Files that were looked at are what they are. */
const UNOBSERVED: readonly EvidenceKind[] = ['declared', 'replayed', 'simulated'];

/**
 * Which kinds of evidence the passing blockers of each gate rest on, with the checks that have any but observed runs and
 * files: `cost recorded; fallback recorded, simulated (fallback/stall)`. Undefined when no blocker passed.
 */
export function describeRestedKinds(findings: readonly Finding[]): string | undefined {
  const passes = findings.filter(({ outcome, severity }) => outcome === 'pass' && severity === 'blocker');
  const gates = GATE_IDS.flatMap((gate) => {
    const own = passes.filter((finding) => finding.gate === gate);
    return own.length === 0 ? [] : [`${gate} ${describe(own)}`];
  });
  return gates.length === 0 ? undefined : gates.join('; ');
}

function describe(passes: readonly Finding[]): string {
  const kinds = [...new Set(passes.flatMap(({ kind }) => kind))].sort();
  const weak = passes.filter(({ kind }) => kind.some((each) => UNOBSERVED.includes(each)));
  const named = weak.length === 0 ? '' : ` (${weak.map(({ checkId }) => checkId).join(', ')})`;
  return `${kinds.length === 0 ? 'declarations and tables alone' : kinds.join(', ')}${named}`;
}
