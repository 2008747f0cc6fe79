import type { ToolCall } from '../../src/contract/run.ts';
import { RULE_FACTS, type RuleFact, type ToolPolicy, type ToolRule } from '../../src/contract/tool-policy.ts';

/** A rule of the tool of a call, and what is known of it. */
export interface JudgedRule {
  readonly rule: ToolRule;
  readonly fact: RuleFact;
}

const FACTS = new Map<string, RuleFact>(Object.values(RULE_FACTS).map((fact) => [fact, fact]));

/** The rules of a tool with what is known of this call; a call whose facts were not recorded is not known. */
export function judgedRules({ rules = [] }: ToolPolicy, { facts }: ToolCall): readonly JudgedRule[] {
  return rules.map((rule, i) => ({ rule, fact: FACTS.get(facts?.charAt(i) ?? '') ?? RULE_FACTS.unknown }));
}

/** What is known of the first rule of a kind; undefined = the tool has none. */
export function factOfKind(policy: ToolPolicy, call: ToolCall, kind: ToolRule['kind']): RuleFact | undefined {
  return judgedRules(policy, call).find(({ rule }) => rule.kind === kind)?.fact;
}

/** A rule in the words of the manifest: `amount max 200`, `to from user, payees`. */
export function ruleName(rule: ToolRule): string {
  switch (rule.kind) {
    case 'argument':
      return `${rule.arg} ${rule.op} ${'values' in rule ? rule.values.slice(0, 3).join(', ') : rule.value}`;
    case 'provenance': {
      const from = rule.from.map((origin) =>
        origin.type === 'list' ? origin.name : origin.type === 'tool' ? `tool:${origin.tool}` : origin.type,
      );
      return `${rule.arg} from ${from.join(', ')}${rule.beside.length > 0 ? ` with ${rule.beside.join(', ')}` : ''}`;
    }
    case 'destinations':
      return 'destinations from untrusted output';
    case 'same-as-call':
      return `${rule.arg} same_as ${rule.tool}.${rule.other}`;
    case 'schema':
      return 'schema';
    case 'when':
      return `when ${rule.expression}`;
    case 'approve-when':
      return `approve when ${rule.expression}`;
    case 'confirmed':
      return 'approve user';
  }
}
