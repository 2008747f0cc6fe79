import { parsedArguments } from '../../src/contract/argument-path.ts';
import { declaredTool } from '../../src/contract/declared-tool.ts';
import type { Plan } from '../../src/contract/plan.ts';
import type { Run, ToolCall } from '../../src/contract/run.ts';
import type { ToolPolicy } from '../../src/contract/tool-policy.ts';
import type { JudgedBreach } from './breaches.ts';
import { argumentText, callKey, valuesKey } from './call-arguments.ts';

/**
 * Every call of a write tool, by whether the same business operation was sent before: once it succeeded, sending it again
 * does it twice; after an error nobody knows whether it was done, so that only the same idempotency key makes it safe. A
 * call of the declared undo that succeeded takes back the one write there was; which of several, nobody knows. A tool that
 * is declared idempotent may be called again.
 */
export function repeatedWrites({ steps }: Run, { tools }: Plan): JudgedBreach[] {
  const earlier = new Map<string, Map<string, Sent>>();
  const undone = undoneBy(tools);
  return steps.flatMap((step): JudgedBreach[] => {
    if (step.type !== 'tool' || step.tool === undefined) return [];
    for (const tool of step.error === undefined ? (undone.get(step.tool) ?? []) : []) takeBack(earlier.get(tool));
    const policy = declaredTool(tools, step.tool);
    if (policy === undefined || policy.effect === 'read') return [];
    if (policy.idempotent) return [{ call: step, standing: 'held', label: '' }];
    const operation = operationOf(step, policy);
    if (operation === undefined) return [{ call: step, standing: 'unknown', label: gapOf(step, policy) }];
    const sent = earlier.get(step.tool) ?? new Map<string, Sent>();
    earlier.set(step.tool, sent);
    const before = sent.get(operation);
    sent.set(operation, before?.call.error === undefined && before !== undefined ? before : { call: step });
    return [{ call: step, ...againstEarlier(step, before, policy) }];
  });
}

/** The write that stands for its operation. */
interface Sent {
  readonly call: ToolCall;
  /** Set where an undo took back this write or another of its tool. */
  readonly mayBeUndone?: true;
}

/** By tool, those that it takes back. */
function undoneBy(tools: Plan['tools']): ReadonlyMap<string, readonly string[]> {
  const undone = new Map<string, string[]>();
  for (const [name, { undo }] of Object.entries(typeof tools === 'object' ? tools : {})) {
    if (undo === undefined || undo === 'none') continue;
    undone.set(undo.tool, [...(undone.get(undo.tool) ?? []), name]);
  }
  return undone;
}

function takeBack(sent: Map<string, Sent> | undefined): void {
  if (sent?.size === 1) sent.clear();
  for (const [operation, { call }] of sent ?? []) sent?.set(operation, { call, mayBeUndone: true });
}

/** What the operation is in the words of the business: the declared key, else all arguments; undefined = not known. */
function operationOf(call: ToolCall, { idempotency }: ToolPolicy): string | undefined {
  if (idempotency === undefined) return callKey(call);
  const values = valuesKey(call, idempotency.key);
  return values === undefined ? undefined : JSON.stringify([call.tool, values]);
}

function gapOf(call: ToolCall, { idempotency }: ToolPolicy): string {
  return `${call.tool}: ${parsedArguments(call.args) === undefined ? 'arguments' : (idempotency?.key.join(', ') ?? '')}`;
}

function againstEarlier(
  call: ToolCall,
  before: Sent | undefined,
  policy: ToolPolicy,
): Pick<JudgedBreach, 'standing' | 'label'> {
  if (before === undefined) return { standing: 'held', label: '' };
  if (hasSameKey(call, before.call, policy)) return { standing: 'held', label: '' };
  if (before.mayBeUndone) return { standing: 'unknown', label: `${call.tool}: which write was undone` };
  const why = before.call.error === undefined ? 'done twice' : 'sent again after an error without the same key';
  return { standing: 'breached', label: `${call.tool}: ${why}` };
}

function hasSameKey(call: ToolCall, before: ToolCall, { idempotency }: ToolPolicy): boolean {
  const name = idempotency?.arg;
  if (name === undefined) return false;
  const [key, earlier] = [call, before].map((one) => argumentText(parsedArguments(one?.args) ?? {}, name));
  return key !== undefined && key === earlier;
}
