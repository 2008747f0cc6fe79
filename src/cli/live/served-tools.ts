import { declaredTool } from '../../contract/declared-tool.ts';
import type { Plan } from '../../contract/plan.ts';
import type { ToolHost } from '../../observe/proxy/tool-server.ts';
import type { Seen } from './seen-exchanges.ts';

/** The tools that are played for the workload; undefined = none are declared. What is not declared as read counts as a write. */
export function servedTools({ live, tools }: Plan, { behaviourOf }: Pick<Seen, 'behaviourOf'>): ToolHost | undefined {
  if (live?.tools === undefined) return undefined;
  const isRead = (name: string) => declaredTool(tools, name)?.effect === 'read';
  const keyOf = (name: string) => declaredTool(tools, name)?.idempotency?.arg;
  return { answers: live.tools, isWrite: (name) => !isRead(name), keyOf, behaviourOf };
}
