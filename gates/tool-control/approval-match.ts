import type { EvidenceRef } from '../../src/contract/evidence.ts';
import type { Approval, Run, ToolCall } from '../../src/contract/run.ts';
import type { ApprovalNeed } from './approval-need.ts';
import type { SubjectOf } from './approval-subject.ts';
import { createOpenApprovals, isRefusal } from './open-approvals.ts';

/**
 * What the recording shows about the approval of one call.
 * `missing`: none before the call. `not-human`: given by policy or by nobody. `refused`: rejected, escalated or
 * terminated. `late`: decided after the call had started. `unknown`: there is one, but the recording does not say who
 * decided what, whether before the effect, or about which call.
 */
export const APPROVAL_STATUSES = ['approved', 'missing', 'not-human', 'refused', 'late', 'unknown'] as const;
export type ApprovalStatus = (typeof APPROVAL_STATUSES)[number];

export interface JudgedCall {
  readonly call: ToolCall;
  readonly status: ApprovalStatus;
  /** The decision that was matched; undefined = none, or the words of the user stand in for it. */
  readonly approval: Approval | undefined;
}

/**
 * Judges every call that needs approval against the approval on its own span, else against those before it. An
 * approval is used once: by the call whose id it names, else by the next call of the tool it names, else, when it
 * names neither, by the next call that needs approval and by no later one. Of several the latest decides, save that an
 * approval without the id of the call takes back no decision with it. A refusal without the id may mean this call, so it
 * ends the approvals before it. Where the user's own yes is asked for, it approves without any. An approval that is
 * about another call by `subjectOf` is none for this one, and stays for the other.
 */
export function judgeApprovals(
  { steps }: Run,
  needOf: (call: ToolCall) => ApprovalNeed,
  subjectOf: SubjectOf = () => 'same',
): JudgedCall[] {
  const onSpans = approvalsOnSpans(steps);
  const used = new Set<Approval>();
  const open = createOpenApprovals();
  const judged: JudgedCall[] = [];
  for (const step of steps) {
    if (step.type === 'approval' && !used.has(step)) open.add(step);
    if (step.type !== 'tool' || step.tool === undefined) continue;
    const need = needOf(step);
    if (need === 'none') continue;
    const own = onSpans.size === 0 ? undefined : onSpans.get(placeKey(step.ref, step.ref.pointer));
    const found = own ?? open.latestFor(step, subjectOf);
    const approval = found !== undefined && subjectOf(found, step) !== 'other' ? found : undefined;
    // The user's own yes is enough, unless somebody said no to this very call.
    if (need === 'given' && (approval === undefined || !isRefusal(approval))) {
      judged.push({ call: step, status: 'approved', approval: undefined });
      continue;
    }
    const withoutAny = need === 'perhaps' ? 'unknown' : 'missing';
    judged.push({ call: step, status: approval === undefined ? withoutAny : statusOf(approval, step), approval });
    if (approval !== undefined) used.add(approval);
    open.close(step, approval);
  }
  return judged;
}

/** The latest approval by every place that it stands on or under. */
function approvalsOnSpans(steps: Run['steps']): ReadonlyMap<string, Approval> {
  const found = new Map<string, Approval>();
  for (const step of steps) {
    if (step.type !== 'approval') continue;
    const parts = step.ref.pointer.split('/');
    for (let length = 1; length <= parts.length; length++) {
      found.set(placeKey(step.ref, parts.slice(0, length).join('/')), step);
    }
  }
  return found;
}

function placeKey({ artifact, line }: EvidenceRef, pointer: string): string {
  return `${line} ${pointer.length} ${pointer}${artifact}`;
}

function statusOf(approval: Approval, call: ToolCall): ApprovalStatus {
  if (approval.by === 'policy' || approval.by === 'none') return 'not-human';
  if (isRefusal(approval)) return 'refused';
  if (approval.by === undefined || approval.decision === undefined || approval.error !== undefined) return 'unknown';
  // It names a call by an id that the recording of this call lacks, and no tool to go by.
  if (approval.tool === undefined && approval.callId !== undefined && call.callId === undefined) return 'unknown';
  return timingOf(approval, call);
}

/** Without any times the order of the steps decides, as in a hand-written run; one time alone compares with nothing. */
function timingOf(approval: Approval, call: ToolCall): 'approved' | 'late' | 'unknown' {
  // Attributes on the call's own span say under which approval it ran; they carry no time of their own.
  if (approval.ref.pointer === call.ref.pointer && isOnSpan(approval.ref, call.ref)) return 'approved';
  if (approval.startMs === undefined && call.startMs === undefined) return 'approved';
  if (approval.startMs === undefined || call.startMs === undefined) return 'unknown';
  // A span lasts as long as the human took: without its end nobody knows when the decision stood.
  if (approval.durationMs === undefined) return 'unknown';
  if (approval.startMs + approval.durationMs <= call.startMs) return 'approved';
  // A tool that waits for its approval inside its own span does not show what it did before the event.
  return isOnSpan(approval.ref, call.ref) ? 'unknown' : 'late';
}

/** Whether a place is the span or one of its events. */
function isOnSpan(place: EvidenceRef, span: EvidenceRef): boolean {
  const isSameLine = place.artifact === span.artifact && place.line === span.line;
  return isSameLine && (place.pointer === span.pointer || place.pointer.startsWith(`${span.pointer}/`));
}
