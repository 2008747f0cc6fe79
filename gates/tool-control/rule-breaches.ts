import { declaredTool } from '../../src/contract/declared-tool.ts';
import type { Plan } from '../../src/contract/plan.ts';
import type { Run } from '../../src/contract/run.ts';
import { RULE_FACTS, type RuleFact, type ToolRule } from '../../src/contract/tool-policy.ts';
import type { CallStanding, JudgedBreach } from './breaches.ts';
import { judgedRules, ruleName } from './rule-facts.ts';

/** Every rule of these kinds that the calls of a run meet or break; one about an argument that is absent says nothing. */
export function ruleBreaches({ steps }: Run, { tools }: Plan, kinds: ReadonlySet<ToolRule['kind']>): JudgedBreach[] {
  const found: JudgedBreach[] = [];
  for (const step of steps) {
    if (step.type !== 'tool' || step.tool === undefined) continue;
    const policy = declaredTool(tools, step.tool);
    if (policy?.rules === undefined) continue;
    for (const { rule, fact } of judgedRules(policy, step)) {
      if (!kinds.has(rule.kind) || fact === RULE_FACTS.absent) continue;
      const label = `${step.tool}: ${ruleName(rule)}${fact === RULE_FACTS.failed ? ' (could not be computed)' : ''}`;
      found.push({ call: step, standing: standingOf(fact), label });
    }
  }
  return found;
}

function standingOf(fact: RuleFact): CallStanding {
  if (fact === RULE_FACTS.holds) return 'held';
  return fact === RULE_FACTS.unknown ? 'unknown' : 'breached';
}
