import { handsOver } from '../../src/contract/hand-over.ts';
import type { Handoff } from '../../src/contract/plan.ts';
import type { Run, Step } from '../../src/contract/run.ts';
import { endOf } from './step-end.ts';

/** When a person took a case, as far as the record of a decision shows it. */
export interface PickUp {
  /** ms, ≥ 0, from the hand-over to the start of what the person did; 0 where only the decision is recorded. */
  readonly earliestMs: number;
  /** ms, ≥ 0, from the hand-over to the decision. */
  readonly latestMs: number;
}

/**
 * How a run was handed over to people. `none`: nobody tried. `failed`: the declared tool was called, and every call of it
 * failed. `pickUp` undefined = not recorded.
 */
export type HandOverRecord = 'none' | 'failed' | { readonly pickUp: PickUp | undefined };

export function handOverOf({ steps }: Pick<Run, 'steps'>, handoff: Handoff | undefined): HandOverRecord {
  let handedOver: Step | undefined;
  let wasTried = false;
  for (const step of steps) {
    if (handedOver === undefined) {
      if (handsOver(step, handoff)) handedOver = step;
      else if (step.type === 'tool' && step.tool !== undefined && step.tool === handoff?.tool) wasTried = true;
    } else if (step.type === 'approval' && step.by === 'human' && step.decision !== undefined) {
      return { pickUp: pickUpOf(handedOver, step) };
    }
  }
  if (handedOver !== undefined) return { pickUp: undefined };
  return wasTried ? 'failed' : 'none';
}

function pickUpOf(handedOver: Step, decision: Step): PickUp | undefined {
  const [from, to] = [endOf(handedOver), endOf(decision)];
  if (from === undefined || to === undefined || decision.startMs === undefined || to < from) return undefined;
  // A decision at one moment says nothing of when it was begun.
  const earliestMs = to === decision.startMs ? 0 : Math.max(0, decision.startMs - from);
  return { earliestMs, latestMs: to - from };
}
