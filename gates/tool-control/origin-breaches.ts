import { declaredTool } from '../../src/contract/declared-tool.ts';
import type { Plan } from '../../src/contract/plan.ts';
import type { Run } from '../../src/contract/run.ts';
import { RULE_FACTS, type RuleFact } from '../../src/contract/tool-policy.ts';
import { approvalsInRun } from './approvals-in-run.ts';
import { type JudgedBreach, standingOfApproval } from './breaches.ts';
import { judgedRules, ruleName } from './rule-facts.ts';
import { UNPROVEN } from './unproven-values.ts';

/** Where the values of each call came from; one that nobody named is made good by a human who approved the call. */
export function originBreaches(run: Run, plan: Plan): JudgedBreach[] {
  const statuses = new Map(approvalsInRun(run, plan).judged.map(({ call, status }) => [call, status]));
  return run.steps.flatMap((step): JudgedBreach[] => {
    const policy = step.type === 'tool' && step.tool !== undefined ? declaredTool(plan.tools, step.tool) : undefined;
    if (step.type !== 'tool' || policy === undefined) return [];
    return judgedRules(policy, step).flatMap(({ rule, fact }): JudgedBreach[] => {
      if ((rule.kind !== 'provenance' && rule.kind !== 'destinations') || fact === RULE_FACTS.absent) return [];
      const label = `${step.tool}: ${ruleName(rule)}, ${FOUND[fact] ?? ''}`;
      if (UNPROVEN.has(fact)) return [{ call: step, standing: standingOfApproval(statuses.get(step)), label }];
      return [{ call: step, standing: fact === RULE_FACTS.unknown ? 'unknown' : 'held', label }];
    });
  });
}

const FOUND: Readonly<Partial<Record<RuleFact, string>>> = {
  [RULE_FACTS.unnamed]: 'named by none of them',
  [RULE_FACTS.untrusted]: 'found in untrusted output alone',
  [RULE_FACTS.unknown]: 'not recorded',
};
