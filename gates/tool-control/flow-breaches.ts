import { declaredTool } from '../../src/contract/declared-tool.ts';
import type { Plan } from '../../src/contract/plan.ts';
import type { Run, ToolCall } from '../../src/contract/run.ts';
import { TOLD_ERROR } from '../../src/contract/told-error.ts';
import type { CallSelector, Flow } from '../../src/contract/tool-policy.ts';
import { judgeApprovals } from './approval-match.ts';
import { approvalNeed } from './approval-need.ts';
import { approvalSubject } from './approval-subject.ts';
import { type CallStanding, type JudgedBreach, standingOfApproval } from './breaches.ts';
import { callKeys, valuesKey } from './call-arguments.ts';

/** Every call that the flows of these types are about, in one pass over the run for each flow. */
export function flowBreaches(run: Run, plan: Plan, types: ReadonlySet<Flow['type']>): JudgedBreach[] {
  const flows = (plan.flows ?? []).filter(({ type }) => types.has(type));
  const calls = run.steps.filter((step) => step.type === 'tool');
  if (flows.length === 0 || calls.length === 0) return [];
  return flows.flatMap((flow) => judgeFlow(flow, run, calls, plan));
}

function judgeFlow(flow: Flow, run: Run, calls: readonly ToolCall[], plan: Plan): JudgedBreach[] {
  switch (flow.type) {
    case 'forbid':
      return forbidden(flow, run, plan);
    case 'require':
      return required(flow, calls, plan);
    case 'at-most':
      return atMost(flow, calls, plan);
  }
}

type Of<T extends Flow['type']> = Extract<Flow, { readonly type: T }>;

/** Calls that a flow forbids unless a human approves them, each with what forbids it. */
export function flowApprovals(run: Run, plan: Plan): ReadonlyMap<ToolCall, string> {
  const flows = (plan.flows ?? []).filter((flow) => flow.type === 'forbid').filter(needsApproval);
  return new Map(flows.flatMap((flow) => [...callsAfter(flow, run, plan)].map((call) => [call, labelOf(flow, call)])));
}

/** Whether what a flow forbids needs an approval instead. */
export function needsApproval(flow: Flow): boolean {
  return flow.type === 'forbid' && flow.unlessApproved;
}

/** Once data was read, or untrusted text seen, the other kind of call may not follow. */
function forbidden(flow: Of<'forbid'>, run: Run, plan: Plan): JudgedBreach[] {
  const standingOf = flow.unlessApproved ? approvedOnes(flow, run, plan) : () => 'breached' as const;
  return guardedCalls(flow, run, plan).map(({ call, isAfter }) => ({
    call,
    standing: isAfter ? standingOf(call) : 'held',
    label: labelOf(flow, call),
  }));
}

function approvedOnes(flow: Of<'forbid'>, run: Run, plan: Plan): (call: ToolCall) => CallStanding {
  const after = callsAfter(flow, run, plan);
  const needOf = (call: ToolCall) => (after.has(call) ? 'needed' : approvalNeed(call, plan));
  const approvals = judgeApprovals(run, needOf, approvalSubject(plan));
  const statuses = new Map(approvals.map(({ call, status }) => [call, status]));
  return (call) => standingOfApproval(statuses.get(call));
}

/** The forbidden calls that come after the first of the other kind. */
function callsAfter(flow: Of<'forbid'>, run: Run, plan: Plan): ReadonlySet<ToolCall> {
  return new Set(guardedCalls(flow, run, plan).flatMap(({ call, isAfter }) => (isAfter ? [call] : [])));
}

/** Every call of the forbidden kind, by whether one of the other kind came before. */
function guardedCalls(flow: Of<'forbid'>, { steps }: Run, plan: Plan) {
  const [isForbidden, isTrigger] = [selector(flow.forbid, plan), selector(flow.after, plan)];
  const found: { readonly call: ToolCall; readonly isAfter: boolean }[] = [];
  let isAfter = false;
  for (const step of steps) {
    if (step.type !== 'tool') continue;
    if (isForbidden(step)) found.push({ call: step, isAfter });
    if (isTrigger(step) && gaveSomething(step, flow)) isAfter = true;
  }
  return found;
}

/** A read that failed gave no secret to leak; what an answer says of a failure may be the words of strangers. */
function gaveSomething({ error }: ToolCall, { after }: Of<'forbid'>): boolean {
  const isOfSecrets = after.type === 'tag' && after.tag === 'secret';
  return error === undefined || (error === TOLD_ERROR && !isOfSecrets);
}

function labelOf({ id }: Flow, { tool }: ToolCall): string {
  return `${id}: ${tool}`;
}

/** A successful call of the first kind that had ended must have had the same values. */
function required(flow: Of<'require'>, calls: readonly ToolCall[], plan: Plan): JudgedBreach[] {
  const [isRequired, isGuarded] = [selector(flow.require, plan), selector(flow.before, plan)];
  const earlier: Earlier = new Map();
  const found: JudgedBreach[] = [];
  for (const call of calls) {
    if (isGuarded(call)) {
      const label = `${flow.id}: ${call.tool}`;
      found.push({ call, standing: standingAfter(call, earlier, flow.same), label });
    }
    if (!isRequired(call) || call.error !== undefined) continue;
    for (const key of [ANY, keyOf(call, flow.same)]) {
      earlier.set(key, Math.min(endOf(call), earlier.get(key) ?? Number.POSITIVE_INFINITY));
    }
  }
  return found;
}

/** Stands for calls with any values; no key of values looks like it. */
const ANY = '*';

/** By the values of earlier calls, the earliest end of one that had them; undefined = the values are not known. */
type Earlier = Map<string | undefined, number>;

function standingAfter(call: ToolCall, earlier: Earlier, same: readonly string[]): CallStanding {
  // One that ran at the same time was not looked at before; without times the order of the steps decides.
  const isBefore = (endMs: number | undefined) =>
    endMs !== undefined && endMs <= (call.startMs ?? Number.POSITIVE_INFINITY);
  if (!isBefore(earlier.get(ANY))) return 'breached';
  const key = keyOf(call, same);
  if (key === undefined) return 'unknown';
  if (isBefore(earlier.get(key))) return 'held';
  return isBefore(earlier.get(undefined)) ? 'unknown' : 'breached';
}

function keyOf(call: ToolCall, same: readonly string[]): string | undefined {
  return same.length === 0 ? '' : valuesKey(call, same);
}

function endOf({ startMs, durationMs }: ToolCall): number {
  return startMs === undefined ? Number.NEGATIVE_INFINITY : startMs + (durationMs ?? 0);
}

function atMost(flow: Of<'at-most'>, calls: readonly ToolCall[], plan: Plan): JudgedBreach[] {
  const isCounted = flow.of === undefined ? () => true : selector(flow.of, plan);
  const counts = new Map<string, number>();
  const counted = calls.filter(isCounted);
  const keys = flow.identical ? callKeys(counted) : [];
  return counted.map((call, index) => {
    const key = flow.identical ? keys[index] : '';
    const label = `${flow.id}: ${call.tool ?? '(unnamed)'}`;
    if (key === undefined) return { call, standing: 'unknown', label };
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    return { call, standing: count > flow.calls ? 'breached' : 'held', label };
  });
}

/** Whether a call is of the kind that is meant; tools that are not declared have no tags. */
function selector(wanted: CallSelector, { tools }: Pick<Plan, 'tools'>): (call: ToolCall) => boolean {
  if (wanted.type === 'tool') return ({ tool }) => tool === wanted.tool;
  return ({ tool }) => tool !== undefined && (declaredTool(tools, tool)?.tags ?? []).includes(wanted.tag);
}
