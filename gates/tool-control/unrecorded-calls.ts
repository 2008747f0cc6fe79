import type { EvidenceRef } from '../../src/contract/evidence.ts';
import type { MissingInput } from '../../src/contract/measure.ts';
import type { ModelCall, Run } from '../../src/contract/run.ts';
import { isRefusal } from './open-approvals.ts';

/** A tool call that an answer asked for. `tool` undefined = only the finish reason says so; `ref`: the answer. */
export interface RequestedCall {
  readonly tool: string | undefined;
  readonly ref: EvidenceRef;
}

/** What is missing while requested calls are neither executed nor refused. */
export const MISSING_EXECUTIONS: MissingInput = {
  input: 'executed tool calls',
  remedy: 'Record an execute_tool span for every tool call, and the decision for every refused one.',
};

/**
 * The calls that answers of this run asked for and that no later step explains: each tool step and each refusal
 * explains one request of its tool, one without a name a request of any tool. Whether the others ran is not known.
 */
export function unrecordedCalls({ steps }: Run): RequestedCall[] {
  // From the end, so that only what follows an answer can explain what it asked for.
  const explained = new Map<string | undefined, number>();
  const unrecorded: RequestedCall[] = [];
  for (let i = steps.length - 1; i >= 0; i--) {
    const step = steps[i];
    if (step === undefined) continue;
    if (step.type === 'model') {
      for (const request of requestsOf(step)) if (!take(explained, request.tool)) unrecorded.push(request);
    } else if (step.type === 'tool' || (step.type === 'approval' && isRefusal(step))) {
      explained.set(step.tool, (explained.get(step.tool) ?? 0) + 1);
    }
  }
  return unrecorded;
}

/** `tool_calls` (OpenAI), `tool_use` (Anthropic), `tool_call` (OpenTelemetry), `tool-calls` (AI SDK), `function_call`. */
const ASKS_FOR_TOOLS = /^(tool|function)[-_]?(calls?|use)$/i;

/** A finish reason alone stands for one call, although the answer may have asked for several. */
function requestsOf({ finish = [], requestedTools = [], ref }: ModelCall): RequestedCall[] {
  if (requestedTools.length > 0) return requestedTools.map((tool) => ({ tool, ref }));
  return finish.some((reason) => ASKS_FOR_TOOLS.test(reason)) ? [{ tool: undefined, ref }] : [];
}

/** Uses up one explanation of a call of this tool, of any tool where the request names none. False = there is none. */
function take(explained: Map<string | undefined, number>, tool: string | undefined): boolean {
  const others = tool === undefined ? explained.keys().next().value : undefined;
  const name = explained.has(tool) ? tool : others;
  const count = explained.get(name);
  if (count === undefined) return false;
  if (count > 1) explained.set(name, count - 1);
  else explained.delete(name);
  return true;
}
