import { isRecord, parsedArguments } from '../../src/contract/argument-path.ts';
import { comparableText } from '../../src/contract/comparable-value.ts';
import { declaredTool } from '../../src/contract/declared-tool.ts';
import type { Json } from '../../src/contract/json.ts';
import type { Plan } from '../../src/contract/plan.ts';
import type { Approval, ToolCall } from '../../src/contract/run.ts';

/**
 * Whether an approval is about a call, by the arguments that were approved. `bound`: they differ, and the policy binds some
 * by name, so that `boundTo` says what became of them; a call that fits better comes first.
 */
export type SubjectOf = (approval: Approval, call: ToolCall) => 'same' | 'bound' | 'other';

/** Where approval and call record their arguments, those that both name are the same; else it was given for another call. */
export function approvalSubject({ tools }: Pick<Plan, 'tools'>): SubjectOf {
  const known = new WeakMap<object, Json | undefined>();
  const argsOf = (step: Approval | ToolCall) => {
    if (!known.has(step)) known.set(step, parsedArguments(step.args));
    return known.get(step);
  };
  return (approval, call) => {
    if (approval.args === undefined || call.tool === undefined) return 'same';
    const [approved, called] = [argsOf(approval), argsOf(call)];
    if (!isRecord(approved) || !isRecord(called)) return 'same';
    const isSame = Object.keys(approved).every(
      (name) => !Object.hasOwn(called, name) || comparableText(approved[name]) === comparableText(called[name]),
    );
    if (isSame) return 'same';
    return declaredTool(tools, call.tool)?.approval?.binds === undefined ? 'other' : 'bound';
  };
}
