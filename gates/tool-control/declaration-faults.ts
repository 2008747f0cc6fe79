import type { CheckContext, CheckResult } from '../../src/contract/check.ts';
import { maximum } from '../../src/contract/limit.ts';
import { manifestRef } from '../../src/contract/manifest-ref.ts';
import type { MissingInput } from '../../src/contract/measure.ts';
import { showName } from '../../src/contract/name-counts.ts';
import type { Plan } from '../../src/contract/plan.ts';
import { quantity } from '../../src/contract/quantity.ts';
import type { ToolPolicy } from '../../src/contract/tool-policy.ts';
import { formatNumber } from '../../src/contract/units.ts';
import { refsOf, WITNESS_LIMIT, witnessesOf } from '../../src/contract/witness.ts';

/** One thing that the manifest lacks, or says against itself. */
export interface DeclarationFault {
  /** `missing`: nothing is declared. `wrong`: what is declared cannot hold. */
  readonly kind: 'missing' | 'wrong';
  /** What it is, for the message; names are escaped here. */
  readonly text: string;
  /** Where it is, or would be, declared. */
  readonly pointer: string;
}

/** What a check says about declarations. */
export interface DeclarationWords {
  /** What was looked through: `irreversible tool`. */
  readonly noun: string;
  readonly nouns: string;
  /** What all of them have: `with limits on their arguments`. */
  readonly keeps: string;
  /** What is missing while nothing is declared. */
  readonly missing: MissingInput;
}

/** The limit of checks that count faults of declarations. */
export function faultLimits(description: string) {
  return { faults: maximum({ unit: 'count', isInteger: true, fallback: 0, description }) };
}

interface Judged {
  readonly faults: readonly DeclarationFault[];
  readonly limits: { readonly faults: number };
  /** How many were looked through. */
  readonly n: number;
  readonly words: DeclarationWords;
}

/** What is declared wrong fails; what is not declared fails too, save in lane experimental, where it stays open. */
export function faultVerdict({ faults, limits, n, words }: Judged, { plan }: CheckContext): CheckResult {
  const compared = {
    measured: { value: faults.length, unit: 'count' },
    limit: { value: limits.faults, unit: 'count' },
    limitName: 'faults',
    n,
  } as const;
  const of = quantity(n, words.noun, words.nouns);
  const places = faults.slice(0, WITNESS_LIMIT).map(({ pointer }) => ({ value: 1, ref: manifestRef(plan, pointer) }));
  const listed = listFaults(faults);
  if (faults.length <= limits.faults) {
    const message = `${of} ${words.keeps}${faults.length > 0 ? `, except ${listed}` : ''}`;
    return { outcome: 'pass', ...compared, message, evidence: refsOf(places) };
  }
  const message = `${quantity(faults.length, 'fault')} in ${of}: ${listed}`;
  const isOpen = plan.workload.lane === 'experimental' && faults.every(({ kind }) => kind === 'missing');
  return isOpen
    ? { outcome: 'inconclusive', ...compared, message, missing: words.missing, evidence: refsOf(places) }
    : { outcome: 'fail', ...compared, message, evidence: witnessesOf(places) };
}

/** A declared tool with its name. */
export type NamedTool = readonly [name: string, policy: ToolPolicy];

/** The declared tools in the order of the manifest; [] also where none are. */
export function toolsOf({ tools }: Pick<Plan, 'tools'>): readonly NamedTool[] {
  return typeof tools === 'object' ? Object.entries(tools) : [];
}

/** `a, b and 3 more`: the first few of these names. */
export function nameSome(names: readonly string[]): string {
  return listSome(names.map(showName));
}

function listFaults(faults: readonly DeclarationFault[]): string {
  return listSome(faults.map(({ text }) => text));
}

function listSome(texts: readonly string[]): string {
  const rest = texts.length - WITNESS_LIMIT;
  return `${texts.slice(0, WITNESS_LIMIT).join(', ')}${rest > 0 ? ` and ${formatNumber(rest)} more` : ''}`;
}

/** What is said while the manifest has no `tools`. */
export function noTools(missing: MissingInput): CheckResult {
  return { outcome: 'inconclusive', message: 'the manifest declares no tools', missing, evidence: [] };
}
