import type { Upstream } from './upstream.ts';

/** Runs whose answers are kept back together. */
export interface HeldRuns {
  /** Whether an answer of the run is kept back, and its caller still waits. */
  isWaiting(runId: string): boolean;
  /** Resolves when each of the runs has asked, or when aborted. */
  allAsked(signal: AbortSignal): Promise<void>;
  /** Lets all answers go, once and for all. */
  release(): void;
}

/** Keeps answers back until they are released, so that runs are under way for as long as it takes. */
export interface HeldAnswers {
  /** The upstream, which answers the runs that are held only after their release. */
  watch(upstream: Upstream): Upstream;
  hold(runIds: readonly string[]): HeldRuns;
}

export function createHeldAnswers(): HeldAnswers {
  const gates = new Map<string, ReturnType<typeof createGate>>();
  return {
    watch: (upstream) => ({
      ...upstream,
      answer: async (request, signal) => {
        await gates.get(request.runId)?.pass(request.runId, signal);
        return upstream.answer(request, signal);
      },
    }),
    hold: (runIds) => {
      const gate = createGate(runIds);
      for (const id of runIds) gates.set(id, gate);
      return gate;
    },
  };
}

function createGate(runIds: readonly string[]): HeldRuns & { pass(runId: string, signal: AbortSignal): Promise<void> } {
  const [opened, asked] = [new AbortController(), new AbortController()];
  const waiting: string[] = [];
  const missing = new Set(runIds);
  return {
    pass: async (runId, signal) => {
      missing.delete(runId);
      if (missing.size === 0) asked.abort();
      waiting.push(runId);
      await firstAbort([opened.signal, signal]);
      waiting.splice(waiting.indexOf(runId), 1);
    },
    isWaiting: (runId) => waiting.includes(runId),
    allAsked: (signal) => firstAbort([asked.signal, signal]),
    release: () => opened.abort(),
  };
}

/** Resolves with the first abort; no listener is left. */
async function firstAbort(signals: readonly AbortSignal[]): Promise<void> {
  if (signals.some(({ aborted }) => aborted)) return;
  await new Promise<void>((resolve) => {
    const onAbort = () => {
      for (const signal of signals) signal.removeEventListener('abort', onAbort);
      resolve();
    };
    for (const signal of signals) signal.addEventListener('abort', onAbort);
  });
}
