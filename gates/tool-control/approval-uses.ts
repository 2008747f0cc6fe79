import { addName, placeOf } from '../../src/contract/name-counts.ts';
import { keepWitness, mergeWitnesses, type Witness } from '../../src/contract/witness.ts';
import { type Breaches, emptyBreaches, type JudgedBreach, mergeBreaches } from './breaches.ts';

/** How many ids of approvals are compared between runs; past it nobody knows that each was used in one run alone. */
export const APPROVAL_ID_LIMIT = 20_000;
/** In UTF-16 units; longer ids are not compared between runs. */
const LONGEST_ID = 200;

/** An approved call with the id of its approval; undefined = none is recorded. */
export interface JudgedApproval extends JudgedBreach {
  readonly id: string | undefined;
}

/** The first call of each run that ran on one approval. */
interface ApprovalUse {
  /** Runs whose call is otherwise in order, and runs whose call counts as a breach or a gap already. */
  readonly held: number;
  readonly faulty: number;
  /** Of the tools that were called, the smallest name in code unit order. */
  readonly tool: string;
  readonly witnesses: Witness[];
}

/**
 * In how many runs each approval was used, in bounded memory: the smallest ids in code unit order with exact counts, so
 * that every split and order of the runs gives the same state.
 */
export interface ApprovalUses {
  ids: [id: string, use: ApprovalUse][];
  /** Whether there are ids that were not kept. */
  isCut: boolean;
}

export function emptyUses(): ApprovalUses {
  return { ids: [], isCut: false };
}

/** Adds the approvals of one run in place. */
export function addUses(into: ApprovalUses, approvals: readonly JudgedApproval[]): void {
  const seen = new Set<string>();
  for (const { id, call, standing } of approvals) {
    if (id === undefined || seen.has(id)) continue;
    seen.add(id);
    const held = standing === 'held' ? 1 : 0;
    const witnesses = [{ value: 1, ref: call.ref }];
    insert(into, id, { held, faulty: 1 - held, tool: call.tool ?? '', witnesses });
  }
}

/** What one pass over both gives; changes neither. */
export function mergeUses(a: ApprovalUses, b: ApprovalUses): ApprovalUses {
  const merged = { ids: a.ids.map(([id, use]): [string, ApprovalUse] => [id, use]), isCut: a.isCut || b.isCut };
  for (const [id, use] of b.ids) insert(merged, id, use);
  return merged;
}

/** With the calls that ran on an approval of another run, each once: one of the runs may have it. Changes neither. */
export function withReuse(breaches: Breaches, { ids, isCut }: ApprovalUses): Breaches {
  const all = mergeBreaches(breaches, emptyBreaches());
  for (const [, { held, faulty, tool, witnesses }] of ids) {
    const reused = Math.min(held, held + faulty - 1);
    if (reused === 0) continue;
    addName(all.breached, `${tool}: used in another run`, reused);
    for (const witness of witnesses) keepWitness(all.witnesses.breached, witness);
  }
  if (isCut) addName(all.unknown, 'more ids of approvals than are compared between runs');
  return all;
}

function insert(into: ApprovalUses, id: string, use: ApprovalUse): void {
  if (id.length > LONGEST_ID) {
    into.isCut = true;
    return;
  }
  const place = placeOf(into.ids, id);
  const known = into.ids[place];
  if (known !== undefined && known[0] === id) into.ids[place] = [id, joined(known[1], use)];
  else into.ids.splice(place, 0, [id, use]);
  if (into.ids.length > APPROVAL_ID_LIMIT) {
    into.ids.length = APPROVAL_ID_LIMIT;
    into.isCut = true;
  }
}

function joined(a: ApprovalUse, b: ApprovalUse): ApprovalUse {
  return {
    held: a.held + b.held,
    faulty: a.faulty + b.faulty,
    tool: a.tool < b.tool ? a.tool : b.tool,
    witnesses: mergeWitnesses(a.witnesses, b.witnesses),
  };
}
