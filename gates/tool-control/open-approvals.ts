import type { Approval, ToolCall } from '../../src/contract/run.ts';
import type { SubjectOf } from './approval-subject.ts';

/** Approvals of a run that no call has used yet. */
export interface OpenApprovals {
  add(approval: Approval): void;
  /**
   * The one that decides on the call, undefined = none: of those that name the call by its id the latest, save that a
   * later refusal without an id may mean this call; where none names it, the latest with its
   * arguments, else the latest that may mean it.
   */
  latestFor(call: ToolCall, subjectOf: SubjectOf): Approval | undefined;
  /**
   * Takes away what no later call may use: the approval that this call used, those that name no call at all, and, where
   * it was a refusal, those that name this call.
   */
  close(call: ToolCall, used: Approval | undefined): void;
}

/** Nobody holds as many approvals at once; of older ones none is looked for. */
const MOST_COMPARED = 1_000;

/** Keeps them apart by what they name, so that the approvals of 10,000 calls are not looked through for each. */
export function createOpenApprovals(): OpenApprovals {
  const places = new Map<Approval, number>();
  const byCall = new Map<string, Approval[]>();
  const byTool = new Map<string, Approval[]>();
  const unnamed: Approval[] = [];
  const placeOf = (approval: Approval) => places.get(approval) ?? 0;

  function listOf({ callId, tool }: Approval): Approval[] {
    if (callId !== undefined) return listAt(byCall, callId);
    return tool === undefined ? unnamed : listAt(byTool, tool);
  }

  /** The latest without an id of a call, or of all where the call has no id itself. */
  function latestThatMayMean({ tool = '', callId }: ToolCall, isMeant: (approval: Approval) => boolean) {
    const lists = [unnamed, byTool.get(tool) ?? [], ...(callId === undefined ? byCall.values() : [])];
    return lists
      .map((list) => list.slice(-MOST_COMPARED).findLast(isMeant))
      .reduce((a, b) => (a === undefined || (b !== undefined && placeOf(b) > placeOf(a)) ? b : a), undefined);
  }

  return {
    add(approval) {
      places.set(approval, places.size);
      listOf(approval).push(approval);
    },
    latestFor(call, subjectOf) {
      const naming = call.callId === undefined ? undefined : byCall.get(call.callId);
      const own = naming?.findLast((approval) => isOfTool(approval, call));
      const latestAbout = (subject: 'same' | 'bound') =>
        latestThatMayMean(call, (other) => isOfTool(other, call) && subjectOf(other, call) === subject);
      if (own === undefined) return latestAbout('same') ?? latestAbout('bound');
      return latestThatMayMean(call, (other) => isRefusal(other) && placeOf(other) > placeOf(own)) ?? own;
    },
    close(call, used) {
      unnamed.length = 0;
      if (used === undefined) return;
      const list = listOf(used);
      const place = list.lastIndexOf(used);
      if (place !== -1) list.splice(place, 1);
      if (!isRefusal(used) || call.callId === undefined) return;
      const others = listAt(byCall, call.callId).filter((approval) => !isOfTool(approval, call));
      byCall.set(call.callId, others);
    },
  };
}

/** Whether the decision forbids the call: an escalated one still waits for another decision. */
export function isRefusal({ decision }: Approval): boolean {
  return decision === 'reject' || decision === 'escalate' || decision === 'terminate';
}

function isOfTool(approval: Approval, call: ToolCall): boolean {
  return approval.tool === undefined || approval.tool === call.tool;
}

function listAt(lists: Map<string, Approval[]>, key: string): Approval[] {
  const known = lists.get(key);
  if (known !== undefined) return known;
  const list: Approval[] = [];
  lists.set(key, list);
  return list;
}
