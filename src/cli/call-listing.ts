import { decideCalls } from '../../gates/tool-control/call-decisions.ts';
import type { Plan } from '../contract/plan.ts';
import type { Run } from '../contract/run.ts';

/** The lines of `files/tool-calls.jsonl` for one run: the decision on each of its tool calls, in order. */
export function callLines(run: Run, plan: Plan): string {
  return decideCalls(run, plan)
    .map((decision) => `${JSON.stringify(decision)}\n`)
    .join('');
}
