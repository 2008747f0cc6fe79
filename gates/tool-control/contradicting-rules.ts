import { pointerOf } from '../../src/contract/manifest-ref.ts';
import { showName } from '../../src/contract/name-counts.ts';
import type { Scalar, ToolRule } from '../../src/contract/tool-policy.ts';
import type { DeclarationFault, NamedTool } from './declaration-faults.ts';

type ArgumentRule = Extract<ToolRule, { readonly kind: 'argument' }>;

/** Arguments of a tool that no value can satisfy: every call that has them is refused. */
export function contradictions([name, { rules = [] }]: NamedTool): DeclarationFault[] {
  const ofArguments = rules.filter((rule): rule is ArgumentRule => rule.kind === 'argument');
  return [...new Set(ofArguments.map(({ arg }) => arg))].flatMap((arg): DeclarationFault[] => {
    const why = whyEmpty(ofArguments.filter((rule) => rule.arg === arg));
    if (why === undefined) return [];
    const text = `no value of ${showName(arg)} of ${showName(name)} is allowed: ${why}`;
    return [{ kind: 'wrong', text, pointer: pointerOf('tools', name, 'args', arg) }];
  });
}

function whyEmpty(rules: readonly ArgumentRule[]): string | undefined {
  const [least, most] = [boundOf(rules, 'min'), boundOf(rules, 'max')];
  if (least !== undefined && most !== undefined && least > most) return `min ${least} is above max ${most}`;
  const allowed = valuesOf(rules, 'in');
  if (allowed === undefined) return undefined;
  const refused = new Set(valuesOf(rules, 'not_in'));
  if (allowed.every((value) => refused.has(value))) return 'not_in takes all that in allows';
  const isOutside = (value: Scalar) =>
    (least !== undefined && !(typeof value === 'number' && value >= least)) ||
    (most !== undefined && !(typeof value === 'number' && value <= most));
  return allowed.every(isOutside) ? 'all that in allows is outside min and max' : undefined;
}

function boundOf(rules: readonly ArgumentRule[], op: 'min' | 'max'): number | undefined {
  return rules.flatMap((rule) =>
    rule.op === op && 'value' in rule && typeof rule.value === 'number' ? [rule.value] : [],
  )[0];
}

function valuesOf(rules: readonly ArgumentRule[], op: 'in' | 'not_in'): readonly Scalar[] | undefined {
  return rules.flatMap((rule) => (rule.op === op && 'values' in rule ? [rule.values] : []))[0];
}
