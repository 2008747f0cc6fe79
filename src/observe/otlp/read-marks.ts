import { APPROVAL_DECISIONS } from '../../contract/run.ts';
import { firstValues, outcomeOf, type SelectedValues, worstOutcome } from '../assemble/merge-marks.ts';
import type { ApprovalMark, SpanMarks } from '../assemble/span-row.ts';
import { F, type WatchedKeys } from './attribute-plan.ts';
import { createFieldReader, type FieldReader } from './field-reader.ts';
import type { Keep } from './keep.ts';
import { isSpan, type OtlpSpan } from './otlp-span.ts';
import { microsOf } from './unix-nano.ts';

const APPROVED_BY = ['human', 'policy', 'none'] as const;

interface MarkedSpan {
  readonly span: OtlpSpan;
  /** The span's attributes, already read. */
  readonly fields: FieldReader;
  readonly startUs: number | undefined;
  readonly isTool: boolean;
  readonly hasScope: boolean;
}

/** Reads what a span says about its run besides its own step: approvals, outcome, watched attributes. */
export function createMarksReader(watched: WatchedKeys, keep: Keep): (marked: MarkedSpan) => SpanMarks | undefined {
  const eventFields = createFieldReader(watched);
  const signalOfName = new Map<unknown, number>(watched.signals.map((signal, index) => [signal, index]));
  return (marked) => {
    const { span, fields, hasScope } = marked;
    const hasEvents = Array.isArray(span.events) && span.events.length > 0;
    const named = signalOfName.size === 0 ? undefined : signalOfName.get(span.name);
    const hasMarks = hasApproval(fields) || fields.has(F.outcome) || fields.signals().length > 0 || named !== undefined;
    const selected = fields.selected();
    if (hasScope && !hasMarks && !hasEvents && selected === undefined) return undefined;
    const own: Marks = {
      approvals: hasApproval(fields) ? [approvalMark(fields, { startUs: marked.startUs }, keep)] : [],
      outcome: outcomeOf(fields.text(F.outcome)),
      selected,
      signals: new Set(named === undefined ? fields.signals() : [...fields.signals(), named]),
    };
    if (Array.isArray(span.events)) addEvents(span.events, own, marked);
    const name = hasScope || typeof span.name !== 'string' ? undefined : keep.label(span.name);
    return { ...own, selected: redacted(own.selected, keep), signals: [...own.signals], name };
  };

  function addEvents(events: readonly unknown[], marks: Marks, { fields, isTool }: MarkedSpan): void {
    for (const [event, value] of events.entries()) {
      if (!isSpan(value)) continue;
      eventFields.read(value.attributes);
      marks.outcome = worstOutcome(marks.outcome, outcomeOf(eventFields.text(F.outcome)));
      marks.selected = firstValues(marks.selected, eventFields.selected());
      for (const signal of eventFields.signals()) marks.signals.add(signal);
      if (!hasApproval(eventFields)) continue;
      const startUs = microsOf(value.timeUnixNano ?? value.time_unix_nano);
      const mark = approvalMark(eventFields, { event, startUs }, keep);
      // An event on a tool span is about that call, unless it names another.
      const isAboutSpan = isTool && mark.tool === undefined && mark.callId === undefined;
      marks.approvals.push(isAboutSpan ? { ...mark, ...toolOf(fields, keep) } : mark);
    }
  }
}

interface Marks {
  readonly approvals: ApprovalMark[];
  readonly signals: Set<number>;
  outcome: SpanMarks['outcome'];
  selected: SelectedValues | undefined;
}

export function redacted(selected: SelectedValues | undefined, keep: Keep): SelectedValues | undefined {
  return selected?.map((value) => (value === null ? null : (keep.label(value) ?? null)));
}

function hasApproval(fields: FieldReader): boolean {
  return fields.has(F.approvalDecision) || fields.has(F.approvalBy) || fields.has(F.approver);
}

function approvalMark(
  fields: FieldReader,
  at: { readonly event?: number; readonly startUs: number | undefined },
  keep: Keep,
): ApprovalMark {
  const decision = fields.text(F.approvalDecision);
  const by = fields.text(F.approvalBy);
  return {
    ...at,
    decision: APPROVAL_DECISIONS.find((known) => known === decision),
    by: APPROVED_BY.find((known) => known === by),
    approver: keep.content(fields.text(F.approver)),
    ...toolOf(fields, keep),
  };
}

function toolOf(fields: FieldReader, keep: Keep) {
  return { tool: keep.label(fields.text(F.toolName)), callId: keep.content(fields.text(F.toolCallId)) };
}
