import { createServedRun, type RunHost, type RunTraffic, type ServedRun } from './proxy-run.ts';

/** The runs of a proxy by id, those that are over too. */
export interface Runs {
  /** @throws Error when it was opened before */
  open(runId: string): void;
  /** Undefined when it is over or was never opened. */
  find(runId: string): ServedRun | undefined;
  isOver(runId: string): boolean;
  end(runId: string): Promise<RunTraffic>;
  endAll(): Promise<void>;
}

export function createRuns(host: RunHost): Runs {
  const open = new Map<string, ServedRun>();
  const over = new Map<string, Promise<RunTraffic>>();
  const end = (runId: string): Promise<RunTraffic> => {
    const run = open.get(runId);
    const before = over.get(runId);
    if (before !== undefined) return before;
    if (run === undefined) throw new Error(`Run ${runId} was never opened`);
    const traffic = run.end();
    open.delete(runId);
    over.set(runId, traffic);
    return traffic;
  };
  return {
    open: (runId) => {
      if (open.has(runId) || over.has(runId)) throw new Error(`Run ${runId} was opened before`);
      open.set(runId, createServedRun(host, runId));
    },
    find: (runId) => open.get(runId),
    isOver: (runId) => over.has(runId),
    end,
    endAll: async () => {
      await Promise.all([...open.keys()].map(end));
      // Those that are ending already may still report.
      await Promise.all(over.values());
    },
  };
}
