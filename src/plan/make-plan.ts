import type { AnyCheck, Subject } from '../contract/check.ts';
import { AigateError, type Problem } from '../contract/errors.ts';
import { GATE_IDS, type GateId, LANES } from '../contract/gate.ts';
import { LIVE_KINDS, LIVE_RECORDING, type LivePlan } from '../contract/live.ts';
import type { Manifest, Policy } from '../contract/manifest.ts';
import type { Plan, PlannedCheck, Source } from '../contract/plan.ts';
import { combinePolicies, type Demands, leastBudget } from './combine-policies.ts';
import { indexAssertions } from './index-assertions.ts';
import { type Layer, layerLimits } from './layer-limits.ts';

export interface PlanInput extends Pick<Plan, 'release' | 'stage' | 'evaluatedAt' | 'baseline'> {
  readonly manifest: Manifest;
  /** Base first. */
  readonly policies: readonly Policy[];
  readonly catalogue: readonly AnyCheck[];
  /** Why a check with this subject has nothing to judge, or undefined when it has. */
  readonly whyNotApplicable: (
    subject: Subject,
    plan: Omit<Plan, 'checks'>,
    origins: PlannedCheck['origins'],
  ) => string | undefined;
}

/**
 * Everything that will be judged and with which limits. Pure.
 * @throws AigateError LIMIT_LOOSENED with every limit, and the lane, that is weaker than its policy allows
 */
export function makePlan(input: PlanInput): Plan {
  const { manifest, policies, catalogue, stage } = input;
  const demands = combinePolicies(policies);
  const layers: Layer[] = [
    ...policies.map(({ checks }, i) => ({ layer: 'policy', isBase: i === 0, checks }) as const),
    { layer: 'manifest', isBase: false, checks: manifest.checks },
  ];
  const planned = catalogue.map((check) => ({ check, ...layerLimits(check, layers) }));
  const problems = [...laneProblems(manifest, demands), ...planned.flatMap(({ problems }) => problems)];
  if (problems.length > 0) {
    throw new AigateError('LIMIT_LOOSENED', `${manifest.path} is weaker than its policy allows`, { problems });
  }
  const { scenarios, userHarm, assertions, knowledge, disclosure } = indexAssertions(manifest);
  const plan: Omit<Plan, 'checks'> = {
    evaluatedAt: input.evaluatedAt,
    stage,
    workload: manifest.workload,
    models: manifest.models,
    dependencies: manifest.dependencies,
    knowledge,
    handoff: manifest.handoff,
    timeouts: manifest.timeouts,
    retries: manifest.retries,
    caps: manifest.caps,
    monthlyRuns: manifest.monthlyRuns,
    peakPerSecond: manifest.peakPerSecond,
    pricing: demands.pricing,
    tools: manifest.tools,
    mcp: manifest.mcp,
    lock: manifest.lock,
    sources: manifest.live === undefined ? manifest.sources : [...manifest.sources, liveSource(manifest.live)],
    flows: manifest.flows,
    live: manifest.live && { ...manifest.live, budget: leastBudget([manifest.live.budget, demands.liveBudget]) },
    drills: manifest.drills,
    killSwitch: manifest.killSwitch,
    scenarios,
    userHarm,
    assertions,
    evidence: { ...manifest.evidence, disclosure },
    requiredScenarios: demands.requiredScenarios,
    rules: demands.rules,
    declaredOnly: manifest.declaredOnly,
    release: input.release,
    artifacts: manifest.artifacts,
    code: manifest.code,
    baseline: input.baseline,
    policies: policies.map(({ path, sha256, via }) => ({ path, sha256, via })),
    manifestLines: manifest.lines,
  };
  const checks = planned.map(({ check, limits, origins }) => ({
    id: check.meta.id,
    gate: gateOf(check),
    ...severityOf(check, demands),
    limits,
    origins,
    kinds: kindsOf(check, manifest.workload, demands),
    notApplicable: input.whyNotApplicable(check.meta.subject, plan, origins),
  }));
  return { ...plan, checks };
}

/** What live runs leave. It is whole, and it is no traffic of customers. */
function liveSource({ upstream }: LivePlan): Source {
  const kind = LIVE_KINDS[upstream.type];
  return {
    recording: LIVE_RECORDING,
    origin: 'test',
    window: undefined,
    sampling: 'none',
    total: undefined,
    excluded: [],
    // Such runs say themselves that they are declared.
    ...(kind === 'declared' ? {} : { kind }),
  };
}

function laneProblems({ workload, lanePosition }: Manifest, { lowestLane }: Demands): Problem[] {
  if (lowestLane === undefined || LANES.indexOf(workload.lane) >= LANES.indexOf(lowestLane.lane)) return [];
  const { lane, path } = lowestLane;
  const message = `workload.lane: ${workload.lane} is below ${lane}, the lowest lane of ${path}`;
  return [{ code: 'LIMIT_LOOSENED', message, hint: `Declare ${lane} or a lane above it.`, ...lanePosition }];
}

function gateOf({ meta }: AnyCheck): GateId {
  const gate = GATE_IDS.find((id) => meta.id.startsWith(`${id}/`));
  if (gate === undefined) throw new Error(`${meta.id} belongs to no gate`);
  return gate;
}

/** A check that is newer than the policy's catalogue reports until the owner of the policy moves the date. */
function severityOf({ meta }: AnyCheck, { catalogue }: Demands): Pick<PlannedCheck, 'severity' | 'advisoryBecause'> {
  if (meta.severity === 'advisory' || catalogue === undefined || meta.since <= catalogue) {
    return { severity: meta.severity, advisoryBecause: undefined };
  }
  const advisoryBecause = `the check arrived on ${meta.since}, after the policy's catalogue date ${catalogue}`;
  return { severity: 'advisory', advisoryBecause };
}

/** A demonstration admits what was written down; it is marked on every page and never released. */
function kindsOf({ meta }: AnyCheck, { lane, isDemo }: Plan['workload'], demands: Demands): PlannedCheck['kinds'] {
  const admitted = meta.kinds[lane].filter((kind) => demands.kinds[lane].includes(kind));
  const isDemoAdmitted = isDemo && demands.demoLanes.includes(lane);
  return isDemoAdmitted && !admitted.includes('declared') ? ['declared', ...admitted] : admitted;
}
