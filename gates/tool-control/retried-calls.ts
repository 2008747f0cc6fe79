import type { Plan } from '../../src/contract/plan.ts';
import type { Run } from '../../src/contract/run.ts';
import type { JudgedBreach } from './breaches.ts';

/**
 * Every tool call, by how often the same tool had failed in a row before. `most`: as many retries may be. A call without
 * the name of its tool may be one more retry of any.
 */
export function retriedCalls({ steps }: Run, most: number): JudgedBreach[] {
  const failures = new Map<string, number>();
  return steps.flatMap((step): JudgedBreach[] => {
    if (step.type !== 'tool') return [];
    if (step.tool === undefined) return [{ call: step, standing: 'unknown', label: '(unnamed)' }];
    const before = failures.get(step.tool) ?? 0;
    failures.set(step.tool, step.error === undefined ? 0 : before + 1);
    return [{ call: step, standing: before > most ? 'breached' : 'held', label: step.tool }];
  });
}

/** Retries of a tool that are allowed after an error: what the manifest declares in all, else two. */
export function mostRetries({ retries }: Pick<Plan, 'retries'>): number {
  return retries.total ?? 2;
}
