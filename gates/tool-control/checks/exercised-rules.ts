import { type CheckResult, defineCheck, OBSERVED_KINDS } from '../../../src/contract/check.ts';
import { maximum } from '../../../src/contract/limit.ts';
import { manifestRef, pointerOf } from '../../../src/contract/manifest-ref.ts';
import type { Plan } from '../../../src/contract/plan.ts';
import { quantity } from '../../../src/contract/quantity.ts';
import { refsOf, WITNESS_LIMIT, witnessesOf } from '../../../src/contract/witness.ts';
import { selectorsOf } from '../dead-flows.ts';
import { nameSome, noTools, toolsOf } from '../declaration-faults.ts';
import ruleUse, { type RuleUse } from '../measures/rule-use.ts';
import { MISSING_TOOLS } from '../missing-tools.ts';
import { ruleName } from '../rule-facts.ts';
import { selects } from '../toxic-pairs.ts';

export default defineCheck({
  meta: {
    id: 'tool-control/exercised-rules',
    title: 'Every rule about tools was put to the test by a recorded call',
    severity: 'advisory',
    why: 'A rule that no run ever came near has not been shown to work: the report counts it as kept because nobody tried.',
    remediation: [
      'Add scenarios in which the agent calls each named tool with the arguments that the rule is about.',
      'Record the arguments of tool calls, whole.',
      'Remove rules of tools that the agent no longer has.',
    ],
    controls: ['NIST-AI-RMF:MEASURE-2.7', 'EU-AI-ACT:15(4)', 'OWASP-ASI:ASI02'],
    kinds: OBSERVED_KINDS,
    subject: 'tools',
    since: '2026-11-25',
  },
  needs: { ruleUse },
  limits: {
    unexercised: maximum({
      unit: 'count',
      isInteger: true,
      fallback: 0,
      description: 'Rules about which no recorded call decided anything',
    }),
  },
  evaluate({ ruleUse: seen }, limits, { plan }): CheckResult {
    if (plan.tools === undefined) return noTools(MISSING_TOOLS);
    const rules = [...rulesOf(plan, seen), ...flowsOf(plan, seen)];
    const idle = rules.filter(({ isExercised }) => !isExercised);
    const compared = {
      measured: { value: idle.length, unit: 'count' },
      limit: { value: limits.unexercised, unit: 'count' },
      limitName: 'unexercised',
      n: seen.runs,
    } as const;
    if (rules.length === 0) {
      const missing = { input: 'rules about tools', remedy: 'Declare args, schema, when or flows for the tools.' };
      return { outcome: 'inconclusive', ...compared, message: 'no tool has a rule', missing, evidence: [] };
    }
    const places = idle.slice(0, WITNESS_LIMIT).map(({ pointer }) => ({ value: 1, ref: manifestRef(plan, pointer) }));
    const of = `${quantity(rules.length, 'rule')} about tools`;
    const named = nameSome(idle.map(({ name }) => name));
    if (idle.length > limits.unexercised) {
      const message = `${idle.length} of ${of} not exercised in ${quantity(seen.runs, 'run')}: ${named}`;
      return { outcome: 'fail', ...compared, message, evidence: witnessesOf(places) };
    }
    const message = `${of} exercised in ${quantity(seen.runs, 'run')}${idle.length > 0 ? `, except ${named}` : ''}`;
    return { outcome: 'pass', ...compared, message, evidence: refsOf(places) };
  },
});

interface Exercise {
  readonly name: string;
  readonly pointer: string;
  readonly isExercised: boolean;
}

function rulesOf(plan: Plan, { tools }: RuleUse): Exercise[] {
  const used = new Map(tools);
  return toolsOf(plan).flatMap(([tool, { rules = [] }]) =>
    rules.flatMap((rule, i): Exercise[] => {
      // Nobody wrote that one: it follows from tags, and has something to say only where there is a destination.
      if (rule.kind === 'destinations') return [];
      const isExercised = (used.get(tool)?.rules[i]?.[0] ?? 0) > 0;
      return [{ name: `${tool}: ${ruleName(rule)}`, pointer: pointerOf('tools', tool), isExercised }];
    }),
  );
}

/** A flow is exercised once each kind of call that it is about was seen, whatever their order. */
function flowsOf(plan: Plan, { tools }: RuleUse): Exercise[] {
  const used = new Set(tools.map(([name]) => name));
  const called = toolsOf(plan).filter(([name]) => used.has(name));
  return (plan.flows ?? []).map((flow, i) => ({
    name: `flow ${flow.id}`,
    pointer: pointerOf('flows', i),
    isExercised:
      called.length > 0 && selectorsOf(flow).every((selector) => called.some((tool) => selects(selector, tool))),
  }));
}
