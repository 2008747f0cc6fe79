import type { AssessedAnswer } from '../../contract/observed-run.ts';
import { APPROVAL_DECISIONS, LOAD_ROLES, type LoadRole, type TextFacts } from '../../contract/run.ts';
import { firstValues, outcomeOf, type SelectedValues, worstOutcome } from '../assemble/merge-marks.ts';
import type { ApprovalMark, SpanMarks } from '../assemble/span-row.ts';
import { textOf } from './any-value.ts';
import { F, type WatchedKeys } from './attribute-plan.ts';
import { createFieldReader, type FieldReader } from './field-reader.ts';
import type { Keep } from './keep.ts';
import { isSpan, type OtlpSpan } from './otlp-span.ts';
import { spanTimes } from './unix-nano.ts';

/** Fields that say something about the run, whatever span they are on. */
const RUN_FIELDS = [
  F.outcome,
  F.load,
  F.harm,
  F.rubrics,
  F.shown,
  F.task,
  F.principal,
  F.version,
  F.resends,
  F.httpMethod,
];

const APPROVED_BY = ['human', 'policy', 'none'] as const;

/** What is known of a span before its marks. */
interface SpanFacts {
  readonly startUs: number | undefined;
  readonly isTool: boolean;
  readonly hasScope: boolean;
}

/** Reads what a span says about its run besides its own step. `fields` has read its attributes. */
export type MarksReader = (span: OtlpSpan, fields: FieldReader, facts: SpanFacts) => SpanMarks | undefined;

export function createMarksReader(
  watched: WatchedKeys,
  keep: Keep,
  assess: (answer: AssessedAnswer) => TextFacts,
): MarksReader {
  const eventFields = createFieldReader(watched);
  const signalOfName = new Map<unknown, number>(watched.signals.map((signal, index) => [signal, index]));
  return (span, fields, { startUs, isTool, hasScope }) => {
    const isApproval = hasApproval(fields);
    const selected = fields.selected();
    const named = signalOfName.size === 0 ? undefined : signalOfName.get(span.name);
    const hasEvents = Array.isArray(span.events) && span.events.length > 0;
    const isWatched = selected !== undefined || named !== undefined || fields.signals().length > 0;
    const saysMore = RUN_FIELDS.some((field) => fields.has(field));
    if (hasScope && !isWatched && !isApproval && !hasEvents && !saysMore) return undefined;
    const own: SpanMarks = {
      approvals: isApproval ? [approvalMark(fields, undefined, startUs)] : [],
      outcome: outcomeOf(fields.text(F.outcome)),
      selected: redacted(selected, keep),
      signals: named === undefined ? fields.signals() : [...fields.signals(), named],
      load: loadOf(fields),
      harm: keep.label(textOf(fields.raw(F.harm))),
      rubrics: /^[01?]{1,1000}$/.exec(fields.text(F.rubrics) ?? '')?.[0],
      shown: shownFacts(fields),
      task: keep.label(fields.text(F.task)),
      principal: keep.label(fields.text(F.principal)),
      version: keep.label(textOf(fields.raw(F.version))),
      resends: resendsOf(fields),
      name: hasScope || typeof span.name !== 'string' ? undefined : keep.label(span.name),
    };
    return Array.isArray(span.events) && hasEvents ? withEvents(own, span.events, isTool ? fields : undefined) : own;
  };

  function shownFacts(fields: FieldReader): SpanMarks['shown'] {
    if (!fields.has(F.shown)) return undefined;
    return assess({ text: textOf(fields.raw(F.shown)) ?? '', finish: undefined, citations: 0 });
  }

  /** `tool` has read the attributes of the tool span that the events are on. */
  function withEvents(own: SpanMarks, events: readonly unknown[], tool: FieldReader | undefined): SpanMarks {
    const approvals = [...own.approvals];
    const signals = new Set(own.signals);
    let { outcome, selected } = own;
    for (const [event, value] of events.entries()) {
      if (!isSpan(value)) continue;
      eventFields.read(value.attributes);
      outcome = worstOutcome(outcome, outcomeOf(eventFields.text(F.outcome)));
      selected = firstValues(selected, redacted(eventFields.selected(), keep));
      for (const signal of eventFields.signals()) signals.add(signal);
      if (!hasApproval(eventFields)) continue;
      const { startUs } = spanTimes(value.timeUnixNano ?? value.time_unix_nano, undefined);
      const mark = approvalMark(eventFields, event, startUs);
      // An event on a tool span is about that call, unless it names another.
      const isAboutSpan = tool !== undefined && mark.tool === undefined && mark.callId === undefined;
      approvals.push(isAboutSpan ? { ...mark, tool: toolName(tool), callId: toolCallId(tool) } : mark);
    }
    return { ...own, approvals, outcome, selected, signals: [...signals] };
  }

  function approvalMark(fields: FieldReader, event: number | undefined, startUs: number | undefined): ApprovalMark {
    const decision = fields.text(F.approvalDecision);
    const by = fields.text(F.approvalBy);
    return {
      event,
      startUs,
      decision: APPROVAL_DECISIONS.find((known) => known === decision),
      by: APPROVED_BY.find((known) => known === by),
      approver: keep.content(fields.text(F.approver)),
      id: keep.content(fields.text(F.approvalId)),
      args: keep.content(textOf(fields.raw(F.approvalArguments))),
      tool: toolName(fields),
      callId: toolCallId(fields),
    };
  }

  function toolName(fields: FieldReader): string | undefined {
    return keep.label(fields.text(F.toolName));
  }

  function toolCallId(fields: FieldReader): string | undefined {
    return keep.content(fields.text(F.toolCallId));
  }
}

/** A word that is not known still says that the run is part of a load: it must not count as an ordinary one. */
function loadOf(fields: FieldReader): LoadRole | undefined {
  if (!fields.has(F.load)) return undefined;
  const role = fields.text(F.load);
  return LOAD_ROLES.find((known) => known === role) ?? 'arrival';
}

/** How often an HTTP request had been sent before, on the span of the request or of the call it belongs to. */
function resendsOf(fields: FieldReader): number | undefined {
  const resends = fields.number(F.resends);
  if (resends !== undefined && Number.isSafeInteger(resends) && resends >= 0) return resends;
  return fields.has(F.httpMethod) ? 0 : undefined;
}

export function redacted(selected: SelectedValues | undefined, keep: Keep): SelectedValues | undefined {
  return selected?.map((value) => (value === null ? null : (keep.label(value) ?? null)));
}

/** Whether a span or event speaks of an approval. */
export function hasApproval(fields: FieldReader): boolean {
  return fields.has(F.approvalDecision) || fields.has(F.approvalBy) || fields.has(F.approver);
}
