import type { CheckContext, CheckResult } from '../../src/contract/check.ts';
import { maximum, minimum } from '../../src/contract/limit.ts';
import { manifestRef } from '../../src/contract/manifest-ref.ts';
import { quantity } from '../../src/contract/quantity.ts';
import { refsOf, WITNESS_LIMIT, witnessesOf } from '../../src/contract/witness.ts';
import { nameSome } from './declaration-faults.ts';
import type { ToolUse } from './measures/tool-use.ts';

/** Something that is granted: a tool or a scope. */
export interface Grant {
  readonly name: string;
  readonly pointer: string;
  readonly isUsed: boolean;
  /** Kept although nothing uses it, for a reason that the manifest gives. */
  readonly isKept: boolean;
}

/**
 * `runs`: what 3 in 100 runs need is missed by 100 of them in one case of twenty (0.97 to the power of 100 = 0.048), so
 * that fewer say little about what is not needed.
 */
export function unusedLimits(description: string) {
  return {
    unused: maximum({ unit: 'count', isInteger: true, fallback: 0, description }),
    runs: minimum({
      unit: 'count',
      isInteger: true,
      range: [1, 1_000_000],
      fallback: 100,
      description: 'Runs from which not being used says something',
    }),
  };
}

interface Judged {
  readonly grants: readonly Grant[];
  readonly seen: ToolUse;
  readonly limits: { readonly unused: number; readonly runs: number };
  /** `tool` or `scope`. */
  readonly noun: string;
}

/** Whether everything that is granted is needed, as far as so many runs can tell. */
export function unusedVerdict({ grants, seen, limits, noun }: Judged, { plan }: CheckContext): CheckResult {
  const open = grants.filter(({ isUsed, isKept }) => !isUsed && !isKept);
  const kept = grants.filter(({ isUsed, isKept }) => !isUsed && isKept);
  const compared = {
    measured: { value: open.length, unit: 'count' },
    limit: { value: limits.unused, unit: 'count' },
    limitName: 'unused',
    n: seen.runs,
  } as const;
  const places = open.slice(0, WITNESS_LIMIT).map(({ pointer }) => ({ value: 1, ref: manifestRef(plan, pointer) }));
  const within = `in ${quantity(seen.runs, 'run')}`;
  const excused = kept.length > 0 ? `; kept for a reason: ${namesOf(kept)}` : '';
  if (open.length <= limits.unused) {
    const except = open.length > 0 ? `, except ${namesOf(open)}` : '';
    const message = `${quantity(grants.length, noun)} declared and used ${within}${except}${excused}`;
    return { outcome: 'pass', ...compared, message, evidence: refsOf(places) };
  }
  const message = `${open.length} of ${quantity(grants.length, noun)} never used ${within}: ${namesOf(open)}${excused}`;
  if (seen.unnamed > 0) {
    const unclear = `${message}; ${quantity(seen.unnamed, 'run')} with a call that names no tool`;
    return { outcome: 'inconclusive', ...compared, message: unclear, missing: NAMES, evidence: refsOf(seen.witnesses) };
  }
  if (seen.runs >= limits.runs) return { outcome: 'fail', ...compared, message, evidence: witnessesOf(places) };
  const missing = {
    input: 'runs enough to see which tools are needed',
    remedy: `Record at least ${quantity(limits.runs, 'run')}, in the mix of production.`,
  };
  return { outcome: 'inconclusive', ...compared, message, missing, evidence: refsOf(places) };
}

const NAMES = { input: 'tool names', remedy: 'Record gen_ai.tool.name on every execute_tool span.' };

function namesOf(grants: readonly Grant[]): string {
  return nameSome(grants.map(({ name }) => name));
}
