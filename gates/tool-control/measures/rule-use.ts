import { declaredTool } from '../../../src/contract/declared-tool.ts';
import { defineMeasure } from '../../../src/contract/measure.ts';
import { placeOf } from '../../../src/contract/name-counts.ts';
import type { ToolCall } from '../../../src/contract/run.ts';
import { RULE_FACTS, type ToolPolicy } from '../../../src/contract/tool-policy.ts';
import { UNSEEN_RUNS } from '../../../src/contract/unseen-runs.ts';
import { judgedRules } from '../rule-facts.ts';

/** Calls of one tool by what they had to do with each of its rules, in the order of the manifest. */
export interface UsedRules {
  calls: number;
  /** Calls that the rule decided something about, and calls without the argument that it is about. */
  rules: [decided: number, absent: number][];
}

export interface RuleUse {
  runs: number;
  /** Of each declared tool that was called, ascending by name. */
  tools: [name: string, used: UsedRules][];
}

/** Which rules of the declared tools have anything to decide. */
export default defineMeasure<RuleUse, RuleUse>({
  id: 'tool-control/rule-use',
  population: 'any-scenario',
  unseen: UNSEEN_RUNS,
  empty: () => ({ runs: 0, tools: [] }),
  add(state, { steps }, { tools }) {
    state.runs += 1;
    for (const step of steps) {
      const policy = step.type === 'tool' && step.tool !== undefined ? declaredTool(tools, step.tool) : undefined;
      if (step.type === 'tool' && step.tool !== undefined && policy !== undefined) {
        addUse(state.tools, step.tool, useOf(policy, step));
      }
    }
  },
  merge(a, b) {
    const tools = a.tools.map(([name, use]): [string, UsedRules] => [name, copyOf(use)]);
    for (const [name, use] of b.tools) addUse(tools, name, use);
    return { runs: a.runs + b.runs, tools };
  },
  finish: (state) => (state.runs > 0 ? state : undefined),
});

function useOf(policy: ToolPolicy, call: ToolCall): UsedRules {
  const rules = judgedRules(policy, call).map(({ fact }): [number, number] => [
    fact === RULE_FACTS.absent || fact === RULE_FACTS.unknown ? 0 : 1,
    fact === RULE_FACTS.absent ? 1 : 0,
  ]);
  return { calls: 1, rules };
}

/** In place; `use` is not kept. */
function addUse(tools: [string, UsedRules][], name: string, use: UsedRules): void {
  const place = placeOf(tools, name);
  const known = tools[place];
  if (known?.[0] !== name) {
    tools.splice(place, 0, [name, copyOf(use)]);
    return;
  }
  known[1].calls += use.calls;
  for (const [i, [decided, absent]] of use.rules.entries()) {
    const rule = known[1].rules[i];
    if (rule === undefined) continue;
    rule[0] += decided;
    rule[1] += absent;
  }
}

function copyOf({ calls, rules }: UsedRules): UsedRules {
  return { calls, rules: rules.map(([decided, absent]) => [decided, absent]) };
}
