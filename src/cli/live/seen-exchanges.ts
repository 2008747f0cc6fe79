import { TOOL_SERVER_FAULT } from '../../contract/faults.ts';
import type { Plan } from '../../contract/plan.ts';
import { injectionOf } from '../../observe/inject/injection.ts';
import type { Exchange } from '../../observe/proxy/exchange.ts';
import type { FaultFor } from '../../observe/proxy/injected-fault.ts';
import type { LiveJob } from './live-jobs.ts';

/** What the runs under way have asked so far, and which fault they meet. */
export interface Seen {
  readonly faultFor: FaultFor;
  /** Whether the first write of the run at a served tool is carried out and never answered. */
  readonly stallsWrite: (runId: string) => boolean;
  add(exchange: Exchange): void;
  /** @returns what the run has asked, so far */
  open(job: LiveJob): () => readonly Exchange[];
  /** Lets go of what the run asked. */
  close(job: LiveJob): void;
}

export function createSeen({ models }: Pick<Plan, 'models'>): Seen {
  const exchanges = new Map<string, Exchange[]>();
  const stalled = new Set<string>();
  const faults = new Map<string, ReturnType<typeof injectionOf>>();
  return {
    faultFor: (runId, request) => faults.get(runId)?.(request),
    stallsWrite: (runId) => stalled.has(runId),
    add: (exchange) => void exchanges.get(exchange.runId)?.push(exchange),
    open: ({ id, drill }) => {
      const ofRun: Exchange[] = [];
      exchanges.set(id, ofRun);
      if (drill?.fault === TOOL_SERVER_FAULT) stalled.add(id);
      if (drill !== undefined) faults.set(id, injectionOf(drill, models));
      return () => ofRun;
    },
    close: ({ id }) => {
      exchanges.delete(id);
      faults.delete(id);
      stalled.delete(id);
    },
  };
}
