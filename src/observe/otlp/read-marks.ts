import { APPROVAL_DECISIONS } from '../../contract/run.ts';
import { firstValues, outcomeOf, type SelectedValues, worstOutcome } from '../assemble/merge-marks.ts';
import type { ApprovalRow, SpanMarks } from '../assemble/span-row.ts';
import { isObject, type JsonObject, listOf, member } from './any-value.ts';
import { createFieldReader, type FieldReader, type WatchedKeys } from './field-reader.ts';
import type { Keep } from './keep.ts';
import { instantOf, microsOf } from './unix-nano.ts';

const APPROVED_BY = ['human', 'policy', 'none'] as const;

interface MarkedSpan {
  readonly span: JsonObject;
  /** The span's attributes, already read. */
  readonly fields: FieldReader;
  readonly startUs: number | null;
  readonly isTool: boolean;
  readonly hasScope: boolean;
}

/** Reads what a span says about its run besides its own step: approvals, outcome, watched attributes. */
export function createMarksReader(watched: WatchedKeys, keep: Keep): (marked: MarkedSpan) => SpanMarks | null {
  const eventFields = createFieldReader(watched);
  const signalOfName = new Map(watched.signals.map((signal, index) => [signal, index]));
  return ({ span, fields, startUs, isTool, hasScope }) => {
    const approvals: ApprovalRow[] = [];
    let selected = fields.selected();
    let signals = fields.signals();
    let outcome = outcomeOf(fields.text('outcome'));
    if (hasApproval(fields)) approvals.push(approvalRow(fields, { event: null, startUs, keep }));
    for (const [event, value] of listOf(span['events']).entries()) {
      if (!isObject(value)) continue;
      eventFields.read(value['attributes']);
      outcome = worstOutcome(outcome, outcomeOf(eventFields.text('outcome')));
      selected = firstValues(selected, eventFields.selected());
      if (eventFields.signals().length > 0) signals = [...new Set([...signals, ...eventFields.signals()])];
      if (!hasApproval(eventFields)) continue;
      const at = instantOf(member(value, 'timeUnixNano', 'time_unix_nano'));
      const approval = approvalRow(eventFields, { event, startUs: at === undefined ? null : microsOf(at), keep });
      approvals.push(isTool ? { ...approval, ...missingFrom(approval, fields, keep) } : approval);
    }
    const named = signalOfName.size > 0 ? signalOfName.get(String(span['name'])) : undefined;
    if (named !== undefined) signals = [...new Set([...signals, named])];
    const isPlain = approvals.length === 0 && outcome === null && selected === null && signals.length === 0;
    if (isPlain && hasScope) return null;
    const name = hasScope || typeof span['name'] !== 'string' ? null : keep.label(span['name']);
    return { approvals, outcome, selected: redacted(selected, keep), signals, name };
  };
}

export function redacted(selected: SelectedValues | null, keep: Keep): SelectedValues | null {
  return selected === null ? null : selected.map((value) => (value === null ? null : keep.label(value)));
}

function hasApproval(fields: FieldReader): boolean {
  return fields.has('approvalDecision') || fields.has('approvalBy') || fields.has('approver');
}

function approvalRow(
  fields: FieldReader,
  at: { readonly event: number | null; readonly startUs: number | null; readonly keep: Keep },
): ApprovalRow {
  const decision = fields.text('approvalDecision');
  const by = fields.text('approvalBy');
  return {
    event: at.event,
    startUs: at.startUs,
    decision: APPROVAL_DECISIONS.find((known) => known === decision) ?? null,
    by: APPROVED_BY.find((known) => known === by) ?? null,
    approver: at.keep.content(fields.text('approver')),
    tool: at.keep.label(fields.text('toolName')),
    callId: at.keep.content(fields.text('toolCallId')),
  };
}

/** An event on a tool span is about that call, unless it names another. */
function missingFrom({ tool, callId }: ApprovalRow, fields: FieldReader, keep: Keep) {
  if (tool !== null || callId !== null) return {};
  return { tool: keep.label(fields.text('toolName')), callId: keep.content(fields.text('toolCallId')) };
}
