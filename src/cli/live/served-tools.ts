import type { Plan } from '../../contract/plan.ts';
import type { ToolHost } from '../../observe/proxy/tool-server.ts';
import type { Seen } from './seen-exchanges.ts';

/** The tools that are played for the workload; undefined = none are declared. What is not declared as read counts as a write. */
export function servedTools({ live, tools }: Plan, { stallsWrite }: Pick<Seen, 'stallsWrite'>): ToolHost | undefined {
  if (live?.tools === undefined) return undefined;
  const declared = tools === undefined || tools === 'none' ? {} : tools;
  const isRead = (name: string) => Object.hasOwn(declared, name) && declared[name]?.effect === 'read';
  const keyOf = (name: string) => (Object.hasOwn(declared, name) ? declared[name]?.idempotency?.arg : undefined);
  return { answers: live.tools, isWrite: (name) => !isRead(name), keyOf, stalls: stallsWrite };
}
