import { type FinishMeaning, finishOf } from '../../src/contract/finish-reason.ts';
import { handsOver } from '../../src/contract/hand-over.ts';
import type { Plan } from '../../src/contract/plan.ts';
import type { ModelCall, Run, Step } from '../../src/contract/run.ts';
import { endingOf } from '../../src/contract/run-ending.ts';
import { endOfRequest, scenarioOf } from './tool-request-ending.ts';

/** Ends without error that left the user without a usable answer. */
export const SILENT_FAILURES = [
  /** The last answer ran out of tokens or context. */
  'cut',
  /** It was refused, filtered or blocked, where no refusal is expected. */
  'withheld',
  /** The model stopped with an error or wrote what cannot be read. */
  'broken',
  /** The model paused for a further call that never came. */
  'paused',
  /** The last answer is recorded, has no text and asks for no tool. */
  'empty',
  /** No model call answered after the last one that was needed. */
  'absent',
  /** The last thing that happened was a tool that failed. */
  'tool-failed',
] as const;

/** Ends of which the recording does not tell whether they are failures. */
export const OPEN_ENDS = ['tool', 'unrecorded'] as const;

/**
 * How a run ended for whoever waited for its answer, beyond that it reported no error. `unanswered`: it ends with a
 * request for declared tools that no step answers; a failure where executions are recorded at all. `tool`: it ends in a
 * tool call or a request for one, and nothing says that this was the outcome. `unrecorded`: finish reason, content or
 * end of the run are not recorded, or contradict each other.
 */
export type AnswerEnd = 'complete' | (typeof SILENT_FAILURES)[number] | 'unanswered' | (typeof OPEN_ENDS)[number];

/**
 * Tokens that an answer without text may still be billed for. Anthropic's documentation of stop reasons, read
 * 2026-11-25, speaks of two to three; tokens that mark the end of a turn and of an empty block add a few.
 */
const TOKENS_OF_NOTHING = 8;

/**
 * Reads the end of a run from its last model call that did not fail, and from what followed it. Undefined for a run
 * that ended badly: it is no silent failure.
 */
export function answerEnd(run: Run, plan: Plan): AnswerEnd | undefined {
  const ending = endingOf(run);
  if (ending === 'badly') return undefined;
  if (ending === 'unknown') return 'unrecorded';
  const at = lastAnswering(run.steps);
  for (let i = at + 1; i < run.steps.length; i++) {
    const step = run.steps[i];
    if (step !== undefined && handsOver(step, plan.handoff)) return 'complete';
  }
  const call = run.steps[at];
  // Whether such a run made no call or the recording lost it cannot be told apart.
  if (call?.type !== 'model') return run.steps.some(({ type }) => type === 'model') ? 'absent' : 'unrecorded';
  return endOfCall(call, { run, at, plan });
}

/** Place of the last model call that did not fail; -1 when there is none. */
function lastAnswering(steps: readonly Step[]): number {
  for (let i = steps.length - 1; i >= 0; i--) {
    const step = steps[i];
    if (step?.type === 'model' && step.error === undefined) return i;
  }
  return -1;
}

interface Place {
  readonly run: Run;
  /** Of the call among the steps. */
  readonly at: number;
  readonly plan: Plan;
}

function endOfCall(call: ModelCall, place: Place): AnswerEnd {
  const finish = finishOf(call.finish);
  switch (finish) {
    case 'cut':
    case 'broken':
    case 'paused':
      return finish;
    case 'withheld':
      return expectsRefusal(place) ? 'complete' : finish;
    case 'tools':
      return endOfRequest(call, place);
    case 'complete':
    case 'unstated':
    case undefined:
      if (call.requestedTools !== undefined && call.requestedTools.length > 0) return endOfRequest(call, place);
      return endOfText(call, finish, place);
  }
}

function endOfText(call: ModelCall, finish: FinishMeaning | undefined, { run, at }: Place): AnswerEnd {
  if (call.requestedTools !== undefined && call.text !== undefined && call.text.trim() === '') {
    return isAnswerUncaptured(call) ? 'unrecorded' : 'empty';
  }
  if (finish !== 'complete' || isFollowedByFailure(call, run.steps, at)) return 'unrecorded';
  return 'complete';
}

/** More output is reported than no text can be: the text, or what else was answered, was not captured. */
function isAnswerUncaptured({ usage, usageSource }: ModelCall): boolean {
  return usageSource === 'reported' && (usage.output ?? 0) - (usage.reasoning ?? 0) > TOKENS_OF_NOTHING;
}

/** A call that began once this one was over and failed may have been the one that counted. One beside it is no matter. */
function isFollowedByFailure({ startMs, durationMs }: ModelCall, steps: readonly Step[], at: number): boolean {
  if (startMs === undefined || durationMs === undefined) return false;
  for (let i = at + 1; i < steps.length; i++) {
    const step = steps[i];
    if (step?.type === 'model' && step.startMs !== undefined && step.startMs >= startMs + durationMs) return true;
  }
  return false;
}

function expectsRefusal({ run, plan }: Place): boolean {
  const expectations = scenarioOf(run, plan)?.expect ?? [];
  return expectations.some(
    (expectation) => expectation.type === 'text' && plan.assertions[expectation.assertion]?.type === 'is-refusal',
  );
}
