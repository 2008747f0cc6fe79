import type { Json } from '../../src/contract/json.ts';
import type { ToolPolicy, ToolRule } from '../../src/contract/tool-policy.ts';
import { isObject } from './call-arguments.ts';

/** Whether anything that the owner wrote limits what the tool may be called with. */
export function isBounded({ rules = [] }: ToolPolicy): boolean {
  return rules.some(bounds);
}

function bounds(rule: ToolRule): boolean {
  switch (rule.kind) {
    case 'argument':
    case 'provenance':
    case 'same-as-call':
      return true;
    case 'schema':
      return saysSomething(rule.schema);
    case 'when':
      return /\bcall\b/.test(rule.expression);
    // The first follows from tags of other tools; the others decide who approves, not what a call may be.
    case 'destinations':
    case 'approve-when':
    case 'confirmed':
      return false;
  }
}

const WORDLESS = new Set(['$schema', '$id', 'type', 'title', 'description', 'properties', 'additionalProperties']);

/** Whether a schema refuses anything: `{type: object}` and `true` take every call. */
function saysSomething(schema: Json): boolean {
  if (!isObject(schema)) return schema === false;
  const { properties, additionalProperties } = schema;
  if (additionalProperties === false) return true;
  const hasMembers = isObject(properties) && Object.keys(properties).length > 0;
  return hasMembers || Object.keys(schema).some((key) => !WORDLESS.has(key));
}
