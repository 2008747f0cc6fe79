import { faultsOfPack } from '../contract/faults.ts';
import type { DrillPlan, LivePlan, LiveTarget } from '../contract/live.ts';
import type { Manifest } from '../contract/manifest.ts';
import type { ManifestInput } from './schema/manifest-schema.ts';
import { toMs } from './schema/values.ts';

const [RUNS, CONCURRENCY, TIMEOUT_MS, DRILL_RUNS] = [20, 4, 60_000, 3];

type LiveInput = NonNullable<ManifestInput['live']>;

/** The contract's form of `live`, with its defaults. */
export function toLive(live: LiveInput | undefined, runMs: number | undefined): Manifest['live'] {
  if (live === undefined) return undefined;
  const plan: LivePlan = {
    target: toTarget(live),
    env: live.env ?? {},
    upstream: { type: 'simulated', script: live.upstream.simulated },
    runs: live.runs ?? RUNS,
    concurrency: live.concurrency ?? CONCURRENCY,
    timeoutMs: toMs(live.timeout) ?? runMs ?? TIMEOUT_MS,
    budget: live.budget && { usd: live.budget.usd, calls: live.budget.calls, timeMs: toMs(live.budget.time) },
  };
  return plan;
}

function toTarget({ command, http, input, passEnv = [] }: LiveInput): LiveTarget {
  if (http === undefined) return { type: 'command', command: command ?? [], input: input ?? 'stdin', passEnv };
  const request = { method: http.request.method ?? 'POST', path: http.request.path };
  return { type: 'http', command: http.command, url: http.url, readyPath: http.readyPath, passEnv, request };
}

/** The contract's form of `drills`, with its defaults. */
export function toDrills(
  { drills }: Pick<ManifestInput, 'drills'>,
  scenarios: readonly { readonly id: string; readonly critical: boolean }[],
): DrillPlan | undefined {
  if (drills === undefined) return undefined;
  const critical = scenarios.filter((scenario) => scenario.critical);
  const chosen = critical.length > 0 ? critical : scenarios.slice(0, 1);
  const pack = drills.pack ?? (drills.faults === undefined ? 'default' : undefined);
  return {
    faults: [...new Set([...(pack === undefined ? [] : faultsOfPack(pack)), ...(drills.faults ?? [])])],
    runs: drills.runs ?? DRILL_RUNS,
    scenarios: drills.scenarios ?? chosen.map(({ id }) => id),
    degraded: drills.degraded,
    handedOff: drills.handedOff,
  };
}
