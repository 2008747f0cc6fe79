import type { ModelCall, Step } from './run.ts';

/** One request that was sent more than once. */
export interface RepeatedRequest {
  /** The attempts that have a record of their own, in order; the last one answered, unless it failed. */
  readonly attempts: readonly [ModelCall, ...ModelCall[]];
  /** Attempts without one: below a call, or before it as its number says. */
  readonly unrecorded: number;
}

/** Whether a call says anything of attempts: its number, repetitions below it, or that it failed. */
export function tellsOfAttempts({ attempt, resends, error }: ModelCall): boolean {
  return attempt !== undefined || resends !== undefined || error !== undefined;
}

/** How many requests may wait for their next attempt at once; the oldest is given up. */
const MOST_OPEN = 8;
const NONE: readonly RepeatedRequest[] = [];

interface Chain {
  readonly attempts: [ModelCall, ...ModelCall[]];
  last: ModelCall;
  unrecorded: number;
}

/**
 * The requests of a run that were sent more than once. Requests themselves are not recorded, so a call is taken for a
 * further attempt when its number says so, when it replaces a failed call of another model, or when it follows a failed
 * call of the same model that was over, with as much input, as far as that is recorded. A number after an answer speaks of the call
 * before it only. A failed call that nothing follows is
 * none, and an answer from a store is no attempt.
 */
export function repeatedRequests(steps: readonly Step[]): readonly RepeatedRequest[] {
  if (!mayRepeat(steps)) return NONE;
  const chains: Chain[] = [];
  const open: Chain[] = [];
  let previous: ModelCall | undefined;
  for (const call of steps) {
    if (call.type !== 'model' || call.isReplayed === true) continue;
    const chain = open.findLast(({ last }) => (last.error !== undefined || last === previous) && repeats(last, call));
    previous = call;
    if (chain === undefined) {
      const started = {
        attempts: [call],
        last: call,
        unrecorded: (call.attempt ?? 1) - 1 + (call.resends ?? 0),
      } satisfies Chain;
      chains.push(started);
      open.push(started);
      if (open.length > MOST_OPEN) open.shift();
      continue;
    }
    chain.unrecorded += skipped(chain.last, call) + (call.resends ?? 0);
    chain.attempts.push(call);
    chain.last = call;
  }
  return chains.filter(({ attempts, unrecorded }) => attempts.length + unrecorded > 1);
}

function mayRepeat(steps: readonly Step[]): boolean {
  for (const step of steps) {
    if (step.type !== 'model') continue;
    if (step.error !== undefined || (step.attempt ?? 1) > 1 || (step.resends ?? 0) > 0) return true;
  }
  return false;
}

function repeats(last: ModelCall, call: ModelCall): boolean {
  if (call.fallbackFrom !== undefined && last.error !== undefined) return true;
  if (last.provider !== call.provider || modelOf(last) !== modelOf(call)) return false;
  if (call.attempt !== undefined) return call.attempt > (last.attempt ?? 1);
  const [before, now] = [last.usage.input, call.usage.input];
  return (
    last.error !== undefined && isOver(last, call) && (before === undefined || now === undefined || before === now)
  );
}

/** Whether a call had ended when the other began, as far as is recorded. */
function isOver({ startMs, durationMs }: ModelCall, next: ModelCall): boolean {
  if (startMs === undefined || durationMs === undefined || next.startMs === undefined) return true;
  return next.startMs >= startMs + durationMs;
}

function modelOf({ requestedModel, servedModel }: ModelCall): string | undefined {
  return requestedModel ?? servedModel;
}

/** Attempts between two recorded ones, as their numbers say; a replacement begins to count anew. */
function skipped(last: ModelCall, call: ModelCall): number {
  if (last.attempt === undefined || call.attempt === undefined) return 0;
  return Math.max(0, call.attempt - last.attempt - 1);
}
