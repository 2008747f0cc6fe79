import type { Handoff } from './plan.ts';
import type { Step } from './run.ts';

/**
 * Whether a step hands the task over to people: a call of the declared tool that did not fail, or a decision to
 * escalate. Without a declared tool only the decision shows it.
 */
export function handsOver(step: Step, handoff: Handoff | undefined): boolean {
  switch (step.type) {
    case 'tool':
      return handoff?.tool !== undefined && step.tool === handoff.tool && step.error === undefined;
    case 'approval':
      return step.decision === 'escalate';
    case 'model':
    case 'embedding':
    case 'retrieval':
      return false;
  }
}
