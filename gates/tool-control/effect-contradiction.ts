import { effectOfName } from '../../src/contract/served/effect-of-name.ts';
import { hintOf } from '../../src/contract/served/tool-hints.ts';
import type { OfferedTool } from './offered-tools.ts';

/**
 * How the declared effect of a tool contradicts what its server says, or undefined. An annotation is asked before the name:
 * a name only suggests.
 */
export function effectContradiction({ tool, policy }: OfferedTool): string | undefined {
  if (policy === undefined) return undefined;
  const { effect } = policy;
  const readOnly = hintOf(tool.definition, 'readOnlyHint');
  const destructive = hintOf(tool.definition, 'destructiveHint');
  if (effect !== 'read')
    return readOnly === true ? `is declared ${effect}, and its server says that it only reads` : undefined;
  if (readOnly === true) return undefined;
  if (readOnly === false) return 'is declared read, and its server says that it writes';
  if (destructive === true) return 'is declared read, and its server says that it destroys or overwrites';
  const suggested = effectOfName(tool.name);
  if (suggested !== 'write' && suggested !== 'irreversible') return undefined;
  return 'is declared read, its name says that it writes, and its server says nothing';
}
