import { parsedArguments } from '../../src/contract/argument-path.ts';
import { declaredTool } from '../../src/contract/declared-tool.ts';
import type { Plan } from '../../src/contract/plan.ts';
import type { Approval, Run, ToolCall } from '../../src/contract/run.ts';
import type { ApprovalDemand } from '../../src/contract/tool-policy.ts';
import type { JudgedCall } from './approval-match.ts';
import type { JudgedApproval } from './approval-uses.ts';
import { approvalsInRun } from './approvals-in-run.ts';
import type { CallStanding, JudgedBreach } from './breaches.ts';
import { argumentText } from './call-arguments.ts';

/** Calls that a recorded decision approved, by whether it was given for the very values that the call had. */
export function bindingBreaches(run: Run, plan: Plan): JudgedBreach[] {
  return approvedCalls(run, plan).flatMap(({ judged: { call, approval }, demand }): JudgedBreach[] => {
    if (approval === undefined || demand.binds === undefined) return [];
    return [{ call, ...boundTo(call, approval, demand.binds) }];
  });
}

/** Calls that a recorded decision approved, by whether it was fresh, used once, and given by somebody who may. */
export function freshnessBreaches(run: Run, plan: Plan): JudgedApproval[] {
  const used = new Set<string>();
  const own = [run.principal, plan.workload.identity?.principal, plan.workload.name];
  return approvedCalls(run, plan).map(({ judged: { call, approval }, demand }): JudgedApproval => {
    // The user's own yes is the last thing that was said.
    if (approval === undefined) return { call, standing: 'held', label: '', id: undefined };
    const { id } = approval;
    const isReused = id !== undefined && used.has(id);
    if (id !== undefined) used.add(id);
    const faults = [
      isReused ? breach('used twice') : HELD,
      ageOf(call, approval, demand),
      giverOf(approval.approver, demand, own),
    ];
    const worst =
      faults.find(({ standing }) => standing === 'breached') ?? faults.find(({ standing }) => standing === 'unknown');
    const { standing, why } = worst ?? HELD;
    return { call, standing, label: `${call.tool}: ${why}`, id };
  });
}

interface Fault {
  readonly standing: CallStanding;
  readonly why: string;
}

const HELD: Fault = { standing: 'held', why: '' };
const breach = (why: string): Fault => ({ standing: 'breached', why });
const unknown = (why: string): Fault => ({ standing: 'unknown', why });

/** Approved calls, with what their tools ask of an approval. */
function approvedCalls(run: Run, plan: Plan): { readonly judged: JudgedCall; readonly demand: ApprovalDemand }[] {
  return approvalsInRun(run, plan).judged.flatMap((judged) => {
    const demand = declaredTool(plan.tools, judged.call.tool ?? '')?.approval ?? {};
    return judged.status === 'approved' ? [{ judged, demand }] : [];
  });
}

function boundTo(
  call: ToolCall,
  approval: Approval,
  names: readonly string[],
): Pick<JudgedBreach, 'standing' | 'label'> {
  const approved = parsedArguments(approval.args);
  const called = parsedArguments(call.args);
  if (approved === undefined || called === undefined) return { standing: 'unknown', label: `${call.tool}` };
  const differing = names.filter((name) => argumentText(approved, name) !== argumentText(called, name));
  if (differing.length > 0)
    return { standing: 'breached', label: `${call.tool}: ${differing.join(', ')} not as approved` };
  // Two values that are not there are not the same one.
  const absent = names.filter((name) => argumentText(called, name) === undefined);
  return { standing: absent.length > 0 ? 'unknown' : 'held', label: `${call.tool}: no ${absent.join(', ')}` };
}

/** From the end of the decision to the start of the call. */
function ageOf(call: ToolCall, { startMs, durationMs }: Approval, { withinMs }: ApprovalDemand): Fault {
  if (withinMs === undefined) return HELD;
  if (call.startMs === undefined || startMs === undefined) return unknown('no time of decision and call');
  const ageMs = call.startMs - startMs - (durationMs ?? 0);
  return ageMs > withinMs ? breach('approval too old') : HELD;
}

/** Who asks for approval must not give it, and where the policy names who must, the record names them. */
function giverOf(approver: string | undefined, { by }: ApprovalDemand, own: readonly (string | undefined)[]): Fault {
  if (approver === undefined) return unknown('no approver recorded');
  const names = [approver.trim(), ...approver.split(/[\s,;()[\]<>]+/)].map((name) => name.toLowerCase());
  const isNamed = (name: string | undefined) => name !== undefined && names.includes(name.trim().toLowerCase());
  if (own.some(isNamed)) return breach('approved by the workload itself');
  return by === undefined || by === 'user' || isNamed(by) ? HELD : breach(`approved by ${approver}, not by ${by}`);
}
