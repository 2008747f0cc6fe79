import type { FaultTiming, ScheduledFault } from '../contract/drill-schedule.ts';
import { faultsOfPack, type PackName } from '../contract/faults.ts';
import type { JudgePlan } from '../contract/judge.ts';
import type { DrillPlan, LiveBudget, LivePlan, LiveTarget, LiveUpstream, LoadPlan } from '../contract/live.ts';
import type { Manifest } from '../contract/manifest.ts';
import type { KillSwitch } from '../contract/stop-drill.ts';
import { chosenScenarios, type KnownScenario } from './chosen-scenarios.ts';
import { jsonTexts } from './json-texts.ts';
import { toProbes } from './probe-declarations.ts';
import { perSecondOf } from './schema/load-schema.ts';
import type { ManifestInput } from './schema/manifest-schema.ts';
import { toMs } from './schema/values.ts';

const [RUNS, CONCURRENCY, TIMEOUT_MS, DRILL_RUNS] = [20, 4, 60_000, 3];

type LiveInput = NonNullable<ManifestInput['live']>;
type LiveParts = Pick<ManifestInput, 'live' | 'timeouts' | 'caps' | 'models'>;

/** The contract's form of `live`, with its defaults. */
export function toLive(
  { live, timeouts, caps, models }: LiveParts,
  scenarios: readonly KnownScenario[],
): Manifest['live'] {
  if (live === undefined) return undefined;
  const runMs = toMs(timeouts?.run);
  const plan: LivePlan = {
    target: live.prompt === undefined ? toTarget(live) : toPrompt(live.prompt, { caps, models }),
    env: live.env ?? {},
    tools: live.tools && answersOf(live.tools),
    upstream: toUpstream(live.upstream),
    runs: live.runs ?? RUNS,
    concurrency: live.concurrency ?? CONCURRENCY,
    timeoutMs: toMs(live.timeout) ?? runMs ?? TIMEOUT_MS,
    judge: live.judge && { ...live.judge, sdk: sdkFor(live.judge.provider, live.judge.sdk) },
    load: live.load && toLoad(live.load),
    probes: live.probes && toProbes(live.probes, scenarios),
    budget: toBudget(live.budget),
  };
  return plan;
}

/** The contract's form of a budget. */
export function toBudget(given: LiveInput['budget']): LiveBudget | undefined {
  return given && { usd: given.usd, calls: given.calls, timeMs: toMs(given.time) };
}

function answersOf(tools: NonNullable<LiveInput['tools']>): LivePlan['tools'] {
  return jsonTexts(Object.fromEntries(Object.entries(tools).map(([name, { answer }]) => [name, answer])));
}

function toTarget({ command, http, input, passEnv = [] }: LiveInput): LiveTarget {
  if (http === undefined) return { type: 'command', command: command ?? [], input: input ?? 'stdin', passEnv };
  const request = { method: http.request.method ?? 'POST', path: http.request.path };
  return { type: 'http', command: http.command, url: http.url, readyPath: http.readyPath, passEnv, request };
}

const IN_FLIGHT = 64;

function toLoad({ rate, for: time, shape, inFlight }: NonNullable<LiveInput['load']>): LoadPlan {
  return {
    perSecond: perSecondOf(rate),
    forMs: toMs(time) ?? 0,
    shape: shape ?? 'constant',
    inFlight: inFlight ?? IN_FLIGHT,
  };
}

/** Tokens of an answer where nothing says how many; an API that has no default of its own needs a number. */
const MAX_TOKENS = 1_024;

function sdkFor(provider: string, named: JudgePlan['sdk'] | undefined): JudgePlan['sdk'] {
  return named ?? (/anthropic|claude/i.test(provider) ? '@anthropic-ai/sdk' : 'openai');
}

function toPrompt(
  { sdk: named, system, tools, stream, maxTokens }: NonNullable<LiveInput['prompt']>,
  { caps, models }: Pick<LiveParts, 'caps' | 'models'>,
): LiveTarget {
  return {
    type: 'prompt',
    sdk: sdkFor(models.primary.provider, named),
    system,
    tools,
    isStream: stream ?? false,
    maxTokens: maxTokens ?? caps?.outputTokens ?? MAX_TOKENS,
  };
}

function toUpstream({ simulated, replay, live = {} }: LiveInput['upstream']): LiveUpstream {
  if (simulated !== undefined) return { type: 'simulated', script: simulated };
  if (replay !== undefined) return { type: 'replay', cassette: replay };
  const providers = Object.entries(live).map(([name, { url, key }]) => {
    const from = key === undefined || key === 'none' ? key : { env: key.slice('env:'.length) };
    return [name, { url, key: from }] as const;
  });
  return { type: 'live', providers: Object.fromEntries(providers) };
}

/** The contract's form of `drills`, with its defaults. */
export function toDrills(
  { drills, tools }: Pick<ManifestInput, 'drills' | 'tools'>,
  scenarios: readonly KnownScenario[],
): DrillPlan | undefined {
  if (drills === undefined) return undefined;
  const listed = drills.faults ?? [];
  const plain = listed.flatMap((fault) => (typeof fault === 'string' ? [fault] : []));
  const pack = drills.pack ?? (drills.faults === undefined ? 'default' : undefined);
  return {
    faults: [...new Set([...packed(pack, tools), ...plain])],
    scheduled: listed.flatMap((fault) => (typeof fault === 'string' ? [] : [toScheduled(fault)])),
    runs: drills.runs ?? DRILL_RUNS,
    scenarios: drills.scenarios ?? chosenScenarios(scenarios),
    degraded: drills.degraded,
    handedOff: drills.handedOff,
  };
}

/** Faults of a pack; in a workload without tools those of tool calls have nothing to break, unless they are asked for. */
function packed(pack: PackName | undefined, tools: ManifestInput['tools']): readonly string[] {
  const faults = pack === undefined ? [] : faultsOfPack(pack);
  if (tools !== 'none' || pack === 'tools') return faults;
  const ofTools = faultsOfPack('tools');
  return faults.filter((fault) => !ofTools.includes(fault));
}

type ScheduledInput = Exclude<NonNullable<NonNullable<ManifestInput['drills']>['faults']>[number], string>;

function toScheduled(given: ScheduledInput): ScheduledFault {
  const { provider, model, cloud, region, path } = given.match ?? {};
  return { fault: given.fault, timing: toTiming(given), match: { provider, model, cloud, region, path } };
}

function toTiming({ first, after, every, rate, seed }: ScheduledInput): FaultTiming {
  if (first !== undefined) return { type: 'first', n: first };
  if (after !== undefined) return { type: 'after', n: after };
  if (every !== undefined) return { type: 'every', n: every };
  return rate === undefined ? { type: 'always' } : { type: 'rate', share: rate, seed: seed ?? 1 };
}

/** The contract's form of `killSwitch`. */
export function toKillSwitch(given: ManifestInput['killSwitch']): KillSwitch | undefined {
  if (given === undefined) return undefined;
  return { command: given.command, withinMs: toMs(given.within), restore: given.restore };
}
