import { APPROVAL_DECISIONS } from '../../../contract/run.ts';
import { failureOf } from '../../failure.ts';
import { isObject, type JsonObject } from '../../otlp/any-value.ts';
import { objectIn, textIn } from '../fields.ts';
import type { FormTools } from '../form.ts';
import { recordedTime } from '../recorded-time.ts';
import type { ApprovalDraft, RunHandle, ToolDraft } from '../run-writer.ts';
import { timeMs } from '../times.ts';
import type { Attachments } from './attachments.ts';
import { idOf, type PlacedEvent } from './events.ts';
import { modelStep } from './model-step.ts';

export interface SampleParts {
  readonly attachments: Attachments;
  readonly sample: JsonObject;
  /** `provider/model` of the evaluation. */
  readonly model: string | undefined;
  readonly tools: FormTools;
}

/** Decisions about one call of a tool. */
interface Decided {
  /** Of the last. */
  readonly atMs: number | undefined;
}

/** Writes the events of a sample as steps. */
export function writeSteps(run: RunHandle, events: readonly PlacedEvent[], parts: SampleParts): void {
  const decided = new Map<string, Decided>();
  // First the decisions: at the same instant they stand before the calls that waited for them.
  for (const placed of events) {
    if (placed.event['event'] !== 'approval') continue;
    const step = approvalStep(placed);
    // What became of a result comes too late to allow the call.
    if (placed.event['stage'] === 'result') continue;
    run.approval(step);
    if (step.callId !== undefined) decided.set(step.callId, { atMs: step.startMs });
  }
  for (const placed of events) {
    if (placed.event['event'] === 'model') run.model(modelStep(placed, parts));
    if (placed.event['event'] === 'tool') writeTool(run, placed, { decided, ...parts });
  }
}

function approvalStep({ event, at }: PlacedEvent): ApprovalDraft {
  const [call, atMs] = [objectIn(event, 'call'), timeMs(event['timestamp'])];
  const approver = textIn(event, 'approver');
  return {
    id: idOf({ event, at }),
    place: at,
    startMs: atMs,
    endMs: atMs,
    decision: APPROVAL_DECISIONS.find((known) => known === event['decision']),
    by: byOf(approver),
    approver,
    tool: textIn(call, 'function'),
    callId: textIn(call, 'id'),
  };
}

/** Of the approvers that come with Inspect it is known who decides; others may ask anybody. */
function byOf(approver: string | undefined): ApprovalDraft['by'] {
  switch (approver?.replace(/^inspect_ai\//, '')) {
    case 'human':
      return 'human';
    case 'auto':
      return 'policy';
    default:
      return undefined;
  }
}

interface ToolContext extends Pick<SampleParts, 'attachments' | 'tools'> {
  readonly decided: ReadonlyMap<string, Decided>;
}

function writeTool(run: RunHandle, { event, at }: PlacedEvent, { decided, attachments, tools }: ToolContext): void {
  const callId = textIn(event, 'id');
  const decision = callId === undefined ? undefined : decided.get(callId);
  const [begunMs, endMs] = [recordedTime(event['timestamp'], tools), timeMs(event['completed'])];
  // The event begins when the call is asked for; the tool begins when it is allowed.
  const startMs = latest(begunMs, decision?.atMs);
  const step: ToolDraft = {
    id: idOf({ event, at }),
    place: at,
    startMs,
    endMs,
    error: toolError(event),
    name: textIn(event, 'function'),
    callId,
    args: attachments.resolved(event['arguments']),
    result: () => attachments.resolved(event['result']),
  };
  if (step.error !== 'approval') run.tool(step);
  else if (decision === undefined) {
    // It was not allowed, so it did not run, and the decision itself is not recorded.
    const { name, args: _args, error: _error, ...refused } = step;
    run.approval({ ...refused, decision: 'reject', by: undefined, tool: name });
  }
}

function toolError(event: JsonObject): string | undefined {
  const error = event['error'];
  if (isObject(error)) return textIn(error, 'type') ?? 'tool_error';
  if (event['failed'] === true) return 'tool_error';
  return event['pending'] === true ? 'incomplete' : typeof error === 'string' ? failureOf(error) : undefined;
}

function latest(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? a : Math.max(a, b);
}
