import { type CheckResult, defineCheck, OBSERVED_KINDS } from '../../../src/contract/check.ts';
import { declaredTool } from '../../../src/contract/declared-tool.ts';
import { minimum } from '../../../src/contract/limit.ts';
import { pointerOf } from '../../../src/contract/manifest-ref.ts';
import { showName } from '../../../src/contract/name-counts.ts';
import type { Plan } from '../../../src/contract/plan.ts';
import { quantity } from '../../../src/contract/quantity.ts';
import { contradictions } from '../contradicting-rules.ts';
import { deadFlows } from '../dead-flows.ts';
import { type DeclarationFault, faultLimits, faultVerdict, noTools, toolsOf } from '../declaration-faults.ts';
import ruleUse, { type RuleUse } from '../measures/rule-use.ts';
import { MISSING_TOOLS } from '../missing-tools.ts';
import { ruleName } from '../rule-facts.ts';

export default defineCheck({
  meta: {
    id: 'tool-control/dead-rules',
    title: 'Every rule about tools can hold, can be broken and says something of its own',
    severity: 'advisory',
    why: 'A rule that never matches looks like a control in every review and stops nothing: one misspelled argument is enough.',
    remediation: [
      'Correct the name of each argument that no call has, and limits that no value can meet.',
      'Remove flows that match no tool or add nothing to another.',
      'Record new runs and test again.',
    ],
    controls: ['NIST-AI-RMF:MEASURE-2.7', 'EU-AI-ACT:15(4)', 'OWASP-ASI:ASI02'],
    kinds: OBSERVED_KINDS,
    subject: 'tools',
    since: '2026-11-25',
  },
  needs: { ruleUse },
  limits: {
    ...faultLimits('Rules that contradict each other, add nothing or match nothing'),
    // An argument that half of the calls have is missed by twenty of them once in a million.
    calls: minimum({
      unit: 'count',
      isInteger: true,
      range: [1, 1_000_000],
      fallback: 20,
      description: 'Calls of a tool from which an argument that none of them has is taken to be misspelled',
    }),
  },
  evaluate({ ruleUse: seen }, limits, context): CheckResult {
    const { plan } = context;
    if (plan.tools === undefined) return noTools(MISSING_TOOLS);
    const tools = toolsOf(plan);
    const faults = [...tools.flatMap(contradictions), ...deadFlows(plan), ...neverMatching(seen, plan, limits.calls)];
    const n = tools.reduce((sum, [, { rules = [] }]) => sum + rules.length, plan.flows?.length ?? 0);
    const verdict = faultVerdict({ faults, limits, n, words: WORDS }, context);
    const called = new Set(seen.tools.filter(([, { calls }]) => calls >= limits.calls).map(([name]) => name));
    const unseen = tools
      .filter(([name, { rules = [] }]) => rules.length > 0 && !called.has(name))
      .map(([name]) => name);
    if (verdict.outcome !== 'pass' || unseen.length === 0) return verdict;
    const message = `${verdict.message}; not known of ${unseen.map(showName).join(', ')}, with fewer than ${quantity(limits.calls, 'call')}`;
    return { ...verdict, outcome: 'inconclusive', message, missing: MISSING_CALLS };
  },
});

/** Rules about an argument that not one of enough calls had, all of which were recorded with their arguments. */
function neverMatching({ tools }: RuleUse, plan: Plan, enough: number): DeclarationFault[] {
  return tools.flatMap(([name, { calls, rules }]) =>
    (declaredTool(plan.tools, name)?.rules ?? []).flatMap((rule, i): DeclarationFault[] => {
      if (!('arg' in rule) || calls < enough || rules[i]?.[1] !== calls) return [];
      const text = `${showName(name)}: ${ruleName(rule)} matches none of ${quantity(calls, 'call')}`;
      return [{ kind: 'wrong', text, pointer: pointerOf('tools', name, 'args', rule.arg) }];
    }),
  );
}

const WORDS = {
  noun: 'rule about tools',
  nouns: 'rules about tools',
  keeps: 'can hold, can be broken and say something of their own',
  missing: MISSING_TOOLS,
};

const MISSING_CALLS = {
  input: 'runs that use the tools',
  remedy: 'Record runs in which the workload calls the named tools, with their arguments.',
};
