import type { AnyCheck } from '../contract/check.ts';
import type { DeclaredScenario, Manifest } from '../contract/manifest.ts';
import type { ModelRoute } from '../contract/plan.ts';
import { declaredChecks } from './declared-checks.ts';
import { declaredOnly } from './declared-only.ts';
import { inputText, toUserHarm } from './harm-declarations.ts';
import { toDrills, toKillSwitch, toLive } from './live-declarations.ts';
import { readConfig } from './read-config.ts';
import { type ManifestInput, manifestSchema } from './schema/manifest-schema.ts';
import { toLock, toMcp } from './schema/mcp-schema.ts';
import { toExpectation } from './schema/scenarios-schema.ts';
import { toMs } from './schema/values.ts';
import type { SourceFile } from './source-file.ts';
import { toFlows, toTools } from './tool-policies.ts';

/**
 * Reads a workload manifest. Pure.
 * @throws AigateError YAML_SYNTAX or CONFIG_INVALID; its `problems` are all there are, in the order of the text
 */
export function parseManifest(source: SourceFile, catalogue: readonly AnyCheck[]): Manifest {
  const config = readConfig(source, manifestSchema(catalogue));
  const input = config.value;
  const { name, owner, lane, autonomy, demo, identity, audience, artifacts, code } = input.workload;
  const scenarios = input.scenarios.map(toScenario);
  const mcp = toMcp(input.mcp);
  const { riskOwner, runbook, disclosure, monitors } = input.evidence ?? {};
  return {
    path: source.path,
    sha256: source.sha256,
    extends: [input.extends ?? []].flat(),
    workload: { name, owner, lane, autonomy, isDemo: demo ?? false, identity: toIdentity(identity), audience },
    artifacts: artifacts ?? [],
    code: code ?? [],
    models: { primary: toRoute(input.models.primary), fallback: [input.models.fallback ?? []].flat().map(toRoute) },
    dependencies: (input.dependencies ?? []).map(({ name, kind, vendor, critical, alternative }) => ({
      name,
      kind,
      vendor,
      critical,
      alternative,
    })),
    knowledge: toKnowledge(input.knowledge),
    handoff: toHandoff(input.handoff),
    timeouts: {
      modelMs: toMs(input.timeouts?.model),
      toolMs: toMs(input.timeouts?.tool),
      runMs: toMs(input.timeouts?.run),
    },
    retries: { model: input.retries?.model, total: input.retries?.total },
    caps: toCaps(input.caps),
    monthlyRuns: toMonthlyRuns(input.traffic.monthlyRuns),
    peakPerSecond: input.traffic.peakPerSecond,
    mcp,
    lock: toLock(input.lock, mcp),
    tools: toTools(input),
    flows: toFlows(input.flows),
    sources: (input.sources ?? []).map(toSource),
    live: toLive(input, scenarios),
    drills: toDrills(input, scenarios),
    killSwitch: toKillSwitch(input.killSwitch),
    scenarios,
    checks: declaredChecks(config, catalogue),
    evidence: {
      riskOwner,
      runbook,
      disclosure: disclosure && { phrase: disclosure.phrase, path: disclosure.path },
      monitors,
    },
    userHarm: toUserHarm(input.userHarm),
    declaredOnly: declaredOnly(input),
    lanePosition: config.valuePosition(['workload', 'lane']),
    lines: config.lines,
  };
}

function toScenario({
  id,
  share,
  critical,
  select,
  expect,
  inputs,
}: ManifestInput['scenarios'][number]): DeclaredScenario {
  return {
    id,
    share,
    critical: critical ?? false,
    select,
    expect: (expect ?? []).map(toExpectation),
    inputs: (inputs ?? []).map(inputText),
  };
}

function toRoute({ provider, model, cloud, region, account, gateway }: ManifestInput['models']['primary']): ModelRoute {
  return { provider, model, cloud, region, account, gateway };
}

function toIdentity(identity: ManifestInput['workload']['identity']): Manifest['workload']['identity'] {
  if (identity === undefined) return undefined;
  const { principal, credentials } = identity;
  const maxTtlMs = toMs(credentials?.maxTtl);
  if (credentials === undefined || maxTtlMs === undefined) return { principal, credentials: undefined };
  return { principal, credentials: { source: credentials.source, maxTtlMs } };
}

function toKnowledge(knowledge: ManifestInput['knowledge']): Manifest['knowledge'] {
  if (knowledge === undefined || knowledge === 'none') return knowledge;
  return knowledge.map(({ name, path, maxAge, cited, citation }) => ({
    name,
    path,
    maxAgeMs: toMs(maxAge),
    isCited: cited ?? false,
    citation,
  }));
}

function toHandoff(handoff: ManifestInput['handoff']): Manifest['handoff'] {
  if (handoff === undefined) return undefined;
  const { queue, perHour, within, tool } = handoff;
  return { queue, perHour, withinMs: toMs(within), tool };
}

function toCaps(caps: ManifestInput['caps']): Manifest['caps'] {
  const { modelCalls, toolCalls, inputTokens, outputTokens } = caps ?? {};
  return { modelCalls, toolCalls, inputTokens, outputTokens };
}

function toMonthlyRuns(runs: ManifestInput['traffic']['monthlyRuns']): Manifest['monthlyRuns'] {
  if (typeof runs === 'number') return { expected: runs, low: undefined, high: undefined };
  return { expected: runs.expected, low: runs.low, high: runs.high };
}

function toSource({
  recording,
  origin,
  window,
  sampling,
  total,
  excluded,
}: NonNullable<ManifestInput['sources']>[number]) {
  const [from, to] = window?.split('/') ?? [];
  return {
    recording,
    origin,
    window: from === undefined || to === undefined ? undefined : ([from, to] as const),
    sampling: sampling ?? ('unknown' as const),
    total,
    excluded,
  };
}
