import { finishOf } from '../../src/contract/finish-reason.ts';
import type { Plan, Scenario } from '../../src/contract/plan.ts';
import type { ModelCall, Run, Step } from '../../src/contract/run.ts';

/** What a run shows that ends with a request for tools. */
export type RequestEnd = 'complete' | 'absent' | 'tool-failed' | 'unanswered' | 'tool' | 'unrecorded';

interface Place {
  readonly run: Run;
  /** Of the call that asks, among the steps; no later model call answered. */
  readonly at: number;
  readonly plan: Plan;
}

/**
 * Whether the last answer, which asks for tools, was the outcome of the task. It was when the scenario expects a tool
 * that then ran, or when the decision about the call ended the run. A tool that ran and that nobody expects may be the
 * outcome, or the place where the loop was cut off: the recording alone does not tell.
 */
export function endOfRequest(call: ModelCall, { run, at, plan }: Place): RequestEnd {
  const followed = whatFollows(run.steps, at);
  if (followed.failedCall) return 'absent';
  if (followed.tool === undefined) return endWithoutTool(call, followed.isStopped, plan);
  if (expectsTool(run, at, plan)) return 'complete';
  return followed.tool.error === undefined ? 'tool' : 'tool-failed';
}

interface Followed {
  /** The last tool step. */
  tool: Extract<Step, { type: 'tool' }> | undefined;
  failedCall: boolean;
  /** Somebody rejected the call or ended the run. */
  isStopped: boolean;
}

function whatFollows(steps: readonly Step[], at: number): Followed {
  const followed: Followed = { tool: undefined, failedCall: false, isStopped: false };
  for (let i = at + 1; i < steps.length; i++) {
    const step = steps[i];
    if (step?.type === 'tool') followed.tool = step;
    else if (step?.type === 'model') followed.failedCall = true;
    else if (step?.type === 'approval' && (step.decision === 'reject' || step.decision === 'terminate')) {
      followed.isStopped = true;
    }
  }
  return followed;
}

function endWithoutTool(call: ModelCall, isStopped: boolean, plan: Plan): RequestEnd {
  if (isStopped) return 'complete';
  const finish = finishOf(call.finish);
  const requested = call.requestedTools ?? [];
  const isDeclared = (tool: string) =>
    plan.tools !== 'none' && plan.tools !== undefined && Object.hasOwn(plan.tools, tool);
  // A tool of the provider's own, such as its search, runs inside the call, whose text is then the answer.
  const isAnswered = finish === 'complete' && call.text !== undefined && call.text.trim() !== '';
  if (isAnswered) return requested.some(isDeclared) ? 'tool' : 'complete';
  // Without tools, a request for one is only the form that the answer was asked to take.
  if (plan.tools === 'none') return finish === 'complete' || finish === 'tools' ? 'complete' : 'unrecorded';
  if (requested.length === 0 || plan.tools === undefined) return 'tool';
  const { tools } = plan;
  const mayWait = (tool: string) => tools[tool]?.approve !== 'never';
  return requested.every((tool) => isDeclared(tool) && !mayWait(tool)) ? 'unanswered' : 'tool';
}

/** A tool that the scenario expects ran after the call. */
function expectsTool(run: Run, at: number, plan: Plan): boolean {
  const expectations = scenarioOf(run, plan)?.expect ?? [];
  return run.steps.some(
    (step, index) =>
      index > at &&
      step.type === 'tool' &&
      step.error === undefined &&
      expectations.some((expectation) => expectation.type === 'tool-called' && expectation.tool === step.tool),
  );
}

/** The declared scenario of a run that belongs to exactly one. */
export function scenarioOf({ scenario }: Pick<Run, 'scenario'>, { scenarios }: Plan): Scenario | undefined {
  return scenario.match === 'one' ? scenarios.find(({ id }) => id === scenario.id) : undefined;
}
