import { TOOL_SERVER_FAULT } from '../../contract/faults.ts';
import type { Plan } from '../../contract/plan.ts';
import { type Injection, injectionOf } from '../../observe/inject/injection.ts';
import type { Exchange } from '../../observe/proxy/exchange.ts';
import type { FaultFor } from '../../observe/proxy/injected-fault.ts';
import type { ToolBehaviour } from '../../observe/proxy/tool-server.ts';
import type { LiveJob } from './live-jobs.ts';

/** What the runs under way have asked so far, and which fault they meet. */
export interface Seen {
  readonly faultFor: FaultFor;
  /** How the played tools of the run differ from what they always do. */
  readonly behaviourOf: (runId: string) => ToolBehaviour;
  add(exchange: Exchange): void;
  /** @returns what the run has asked, so far */
  open(job: LiveJob): () => readonly Exchange[];
  /** Lets go of what the run asked. */
  close(job: LiveJob): void;
}

export function createSeen({ models }: Pick<Plan, 'models'>): Seen {
  const exchanges = new Map<string, Exchange[]>();
  const behaviours = new Map<string, ToolBehaviour>();
  const faults = new Map<string, Injection>();
  return {
    faultFor: (runId, request) => faults.get(runId)?.(request),
    behaviourOf: (runId) => behaviours.get(runId) ?? {},
    add: (exchange) => void exchanges.get(exchange.runId)?.push(exchange),
    open: ({ id, drill, probe }) => {
      const ofRun: Exchange[] = [];
      exchanges.set(id, ofRun);
      if (drill?.fault === TOOL_SERVER_FAULT) behaviours.set(id, { stalls: true });
      if (drill !== undefined) faults.set(id, injectionOf(drill, models));
      if (probe !== undefined) {
        behaviours.set(id, probe.behaviour);
        faults.set(id, probe.injection);
      }
      return () => ofRun;
    },
    close: ({ id }) => {
      exchanges.delete(id);
      faults.delete(id);
      behaviours.delete(id);
    },
  };
}
