import { isRecord, parsedArguments } from '../../src/contract/argument-path.ts';
import { comparableText } from '../../src/contract/comparable-value.ts';
import { declaredTool } from '../../src/contract/declared-tool.ts';
import type { Json } from '../../src/contract/json.ts';
import type { Plan } from '../../src/contract/plan.ts';
import type { Approval, ToolCall } from '../../src/contract/run.ts';

/** Whether an approval may be about a call, by the arguments that were approved. */
export type IsAbout = (approval: Approval, call: ToolCall) => boolean;

/**
 * Where approval and call record their arguments, those that both name are the same; else it was given for another call.
 * Where the policy binds some by name, it is for `boundTo` to say.
 */
export function approvalSubject({ tools }: Pick<Plan, 'tools'>): IsAbout {
  const known = new WeakMap<object, Json | undefined>();
  const argsOf = (step: Approval | ToolCall) => {
    if (!known.has(step)) known.set(step, parsedArguments(step.args));
    return known.get(step);
  };
  return (approval, call) => {
    if (approval.args === undefined) return true;
    if (call.tool === undefined || declaredTool(tools, call.tool)?.approval?.binds !== undefined) return true;
    const [approved, called] = [argsOf(approval), argsOf(call)];
    if (!isRecord(approved) || !isRecord(called)) return true;
    return Object.keys(approved).every(
      (name) => !Object.hasOwn(called, name) || comparableText(approved[name]) === comparableText(called[name]),
    );
  };
}
