import { pointerOf } from '../../src/contract/manifest-ref.ts';
import { showName } from '../../src/contract/name-counts.ts';
import type { ToolPolicy } from '../../src/contract/tool-policy.ts';
import { isObject } from './call-arguments.ts';
import type { DeclarationFault, NamedTool } from './declaration-faults.ts';

/** Why a repeated call of a tool is not known as the same operation, or undefined where it is. */
export function idempotencyFault([name, policy]: NamedTool): DeclarationFault | undefined {
  const { idempotency } = policy;
  if (idempotency === undefined) {
    const text = `${showName(name)} declares no idempotency`;
    return { kind: 'missing', text, pointer: pointerOf('tools', name) };
  }
  const named = [...idempotency.key, ...(idempotency.arg === undefined ? [] : [idempotency.arg])];
  const refused = named.find((arg) => refuses(policy, arg));
  if (refused === undefined) return undefined;
  const text = `the schema of ${showName(name)} refuses ${showName(refused)}, which its idempotency rests on`;
  return { kind: 'wrong', text, pointer: pointerOf('tools', name, 'idempotency') };
}

/** Whether the declared schema lists the arguments, lets no other through, and does not list this one. */
function refuses({ rules = [] }: ToolPolicy, path: string): boolean {
  const [first = path] = path.split('.');
  return rules.some((rule) => {
    if (rule.kind !== 'schema' || !isObject(rule.schema)) return false;
    const { properties, additionalProperties } = rule.schema;
    const lists = (name: string) => isObject(properties) && Object.hasOwn(properties, name);
    return additionalProperties === false && !lists(first) && !lists(path);
  });
}
