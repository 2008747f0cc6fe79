import type { LiveBudget } from '../../contract/live.ts';
import { NANO_USD_PER_USD } from '../../contract/units.ts';
import { type AllowedRun, createBudget } from '../../observe/drive/budget.ts';
import type { AllowedCall } from '../../observe/drive/budget-ledger.ts';
import type { BudgetStop, Limits, Need } from '../../observe/drive/budget-limits.ts';
import { type Deadline, startDeadline } from '../../observe/drive/deadline.ts';
import type { LiveRun } from '../../observe/live/live-run.ts';
import type { Exchange } from '../../observe/proxy/exchange.ts';
import type { Upstream, UpstreamRequest } from '../../observe/proxy/upstream.ts';
import { WIRE_FORMATS } from '../../observe/wire/wire-formats.ts';
import { describeStop } from './budget-text.ts';
import type { LiveJob } from './live-jobs.ts';

/** Keeps a live execution within its budget. */
export interface LiveGuard {
  /** Aborted when the time is over, or by the caller. */
  readonly signal: AbortSignal;
  /** Waits until a run has room. `false`: there will be none, and nothing more may start. */
  admit(job: LiveJob): Promise<boolean>;
  /** The same at once: `false` also while others may still give back room. */
  admitNow(job: LiveJob): boolean;
  /** To be called for each run that was admitted. `false`: the budget broke it, so that it shows nothing of the workload. */
  release(job: LiveJob, run: Pick<LiveRun, 'exchanges' | 'durationMs'> | undefined): boolean;
  /** The upstream, which is not asked beyond the budget. */
  watch(upstream: Upstream): Upstream;
  /** A call is over. */
  settle(exchange: Exchange): void;
  /** Why it was stopped, and what was used until then; undefined = it was not. */
  stopped(): string | undefined;
  /** Frees the timer. */
  end(): void;
}

export interface GuardTools {
  readonly signal: AbortSignal;
  readonly now: () => number;
  /** The most that a call may cost, in nano-USD; undefined = not known. */
  readonly ceilingOf: (asked: UpstreamRequest) => bigint | undefined;
  /** What a call did cost. */
  readonly costOf: (exchange: Exchange) => number | undefined;
}

/** Longest time there is, for an execution without a limit of time. */
const NO_LIMIT_MS = Number.MAX_SAFE_INTEGER;

export function createLiveGuard(limits: LiveBudget | undefined, tools: GuardTools): LiveGuard {
  const budget = createBudget(limitsOf(limits), tools.now);
  const deadline = startDeadline(tools.signal, limits?.timeMs ?? NO_LIMIT_MS);
  const [runs, calls, needs] = [new Map<string, AllowedRun>(), new Map<string, AllowedCall>(), new Map<string, Need>()];
  const broken = new Set<string>();
  let waiting: (() => void)[] = [];
  let stop: BudgetStop | undefined;

  /** Why the run has no room; undefined = it was reserved. */
  const start = (job: LiveJob): BudgetStop | undefined => {
    const answer = budget.mayStart(needs.get(kindOf(job)) ?? needs.get(HEALTHY) ?? FIRST);
    if (!answer.may) return answer.stop;
    runs.set(job.id, answer.run);
    return undefined;
  };

  const release: LiveGuard['release'] = (job, run) => {
    runs.get(job.id)?.end();
    runs.delete(job.id);
    const isLate = isTimeOver(deadline);
    if (isLate) stop ??= { limit: 'time', need: 0, left: 0, isFinal: true };
    if (run !== undefined && !isLate) needs.set(kindOf(job), larger(needs.get(kindOf(job)), run, tools));
    for (const wake of waiting) wake();
    waiting = [];
    return !isLate && !broken.has(job.id);
  };

  return {
    signal: deadline.signal,
    admit: async (job) => {
      for (;;) {
        if (stop !== undefined) return false;
        const refused = start(job);
        if (refused === undefined) return true;
        if (refused.isFinal || runs.size === 0) stop = refused;
        else await new Promise<void>((resolve) => waiting.push(resolve));
      }
    },
    admitNow: (job) => {
      stop ??= start(job);
      return stop === undefined;
    },
    release,
    watch: (upstream) => ({
      ...upstream,
      answer: async (request, signal) => {
        const most = upstream.kind === 'live' ? tools.ceilingOf(request) : 0n;
        const answer = runs.get(request.runId)?.mayCall(most);
        if (answer?.may !== false) {
          if (answer !== undefined) calls.set(keyOf(request), answer.call);
          return upstream.answer(request, signal);
        }
        stop ??= answer.stop;
        broken.add(request.runId);
        const delivery = WIRE_FORMATS[request.api].writeError('quota', { model: request.wire.model });
        return { delivery, problem: () => 'BUDGET: the call has no room in live.budget' };
      },
    }),
    settle: (exchange) => {
      calls.get(keyOf(exchange))?.spend(paidFor(exchange, tools));
      calls.delete(keyOf(exchange));
    },
    stopped: () =>
      stop === undefined || limits === undefined ? undefined : describeStop(stop, limits, budget.spent()),
    end: deadline.clear,
  };
}

const HEALTHY = '';

/** Before anything was seen. What its calls may cost is asked when they come. */
const FIRST: Need = { nanoUsd: 0n, calls: 1 };

function kindOf({ drill, probe }: LiveJob): string {
  return drill?.fault ?? probe?.kind ?? HEALTHY;
}

function keyOf({ runId, seq }: Pick<Exchange, 'runId' | 'seq'>): string {
  return `${runId}/${seq}`;
}

function isTimeOver(deadline: Deadline): boolean {
  return deadline.cause() === 'timed-out';
}

function limitsOf({ usd, calls, timeMs }: Partial<LiveBudget> = {}): Limits {
  return {
    ...(usd !== undefined && { nanoUsd: BigInt(Math.floor(usd * NANO_USD_PER_USD)) }),
    ...(calls !== undefined && { calls }),
    ...(timeMs !== undefined && { wallMs: timeMs }),
  };
}

/** Nano-USD; undefined = not known. */
function paidFor(exchange: Exchange, { costOf }: GuardTools): bigint | undefined {
  if (exchange.upstream !== 'live') return 0n;
  const cost = costOf(exchange);
  return cost === undefined ? undefined : BigInt(cost);
}

/** The most that a run of its kind has used so far: the next one is expected to need that much. */
function larger(before: Need = FIRST, run: Pick<LiveRun, 'exchanges' | 'durationMs'>, tools: GuardTools): Need {
  const nanoUsd = run.exchanges.reduce((sum, exchange) => sum + (paidFor(exchange, tools) ?? 0n), 0n);
  return {
    nanoUsd: nanoUsd > (before.nanoUsd ?? 0n) ? nanoUsd : before.nanoUsd,
    calls: Math.max(before.calls, run.exchanges.length),
    wallMs: Math.max(before.wallMs ?? 0, run.durationMs),
  };
}
