import { declaredTool } from '../../src/contract/declared-tool.ts';
import { pointerOf } from '../../src/contract/manifest-ref.ts';
import { showName } from '../../src/contract/name-counts.ts';
import type { Plan } from '../../src/contract/plan.ts';
import type { DeclarationFault, NamedTool } from './declaration-faults.ts';

/**
 * What a tool that writes does not say about its undo, or says against itself; undefined = nothing. The undo may be a
 * tool of people, which the workload does not declare; of a declared one its own effect must be able to take back.
 */
export function undoFault([name, { effect, undo }]: NamedTool, { tools }: Pick<Plan, 'tools'>) {
  const pointer = pointerOf('tools', name, 'undo');
  if (undo === undefined) {
    return fault('missing', `${showName(name)} declares neither what takes it back nor undo: none`, pointer);
  }
  if (undo === 'none') return undefined;
  const by = showName(undo.tool);
  if (undo.tool === name) return fault('wrong', `${by} cannot take itself back`, pointer);
  if (declaredTool(tools, undo.tool)?.effect === 'read') {
    return fault('wrong', `${by}, which only reads, cannot take ${showName(name)} back`, pointer);
  }
  // Within a time it can be taken back and is irreversible after it; without one the two contradict each other.
  if (effect === 'irreversible' && undo.withinMs === undefined) {
    return fault('wrong', `${showName(name)} is irreversible, yet ${by} takes it back at any time`, pointer);
  }
  return undefined;
}

function fault(kind: DeclarationFault['kind'], text: string, pointer: string): DeclarationFault {
  return { kind, text, pointer };
}
