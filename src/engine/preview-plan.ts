import type { AnyCheck } from '../contract/check.ts';
import { plannedDrills, scheduleName } from '../contract/drill-schedule.ts';
import type { Limit, LimitSet } from '../contract/limit.ts';
import type { Plan, PlannedCheck } from '../contract/plan.ts';
import type {
  PlanPreview,
  PreviewedCheck,
  PreviewedDemand,
  PreviewedDrills,
  PreviewedSource,
  Spend,
} from '../contract/plan-preview.ts';
import type { Population } from '../contract/population.ts';
import type { PriceLookup } from '../contract/prices.ts';
import type { SampleDemand } from '../contract/sample-demand.ts';
import { provenRate, runsNeeded } from '../contract/statistics/runs-needed.ts';
import { type Sample, samplesToJudge } from '../contract/statistics/samples.ts';
import { NANO_USD_PER_USD, round12 } from '../contract/units.ts';
import { forecastLive, type LiveRuns } from './live-forecast.ts';
import { countingClasses, type RunClass } from './reduce.ts';
import type { RunCounts } from './run-counts.ts';

/** What is known before anything is judged. */
export interface Known {
  readonly plan: Plan;
  readonly catalogue: readonly AnyCheck[];
  readonly population: Population;
  readonly counts: RunCounts;
  readonly priceOf: PriceLookup;
  /** Runs that the check will make itself. */
  readonly live: LiveRuns;
}

/** Says what will be judged, from which source, on how many runs, and what these can prove. Pure. */
export function previewPlan(known: Known): PlanPreview {
  const { plan, population } = known;
  const { workload, stage, policies, scenarios } = plan;
  const checks = plan.checks.map((planned) => previewCheck(planned, known));
  return {
    schemaVersion: 1,
    workload: { name: workload.name, owner: workload.owner, lane: workload.lane },
    stage,
    policies: policies.map(({ path }) => path),
    sources: previewSources(known),
    scenarios: scenarios.map(({ id, share, critical }) => ({
      id,
      share,
      critical,
      runs: population.runsByScenario[id] ?? 0,
    })),
    unmatchedRuns: population.unmatchedRuns + population.ambiguousRuns,
    drills: previewDrills(plan),
    checks,
    spend: spendOf(checks, known),
  };
}

function previewDrills({ drills }: Plan): PreviewedDrills | undefined {
  if (drills === undefined) return undefined;
  const planned = plannedDrills(drills);
  const { faults, scenarios } = drills;
  const total = planned.reduce((sum, { runs }) => sum + runs, 0) * scenarios.length;
  const scheduled = drills.scheduled.map((schedule) => `${schedule.fault} (${scheduleName(schedule)})`);
  return { drills: [...faults, ...scheduled], scenarios, runs: drills.runs, total, provenRate: provenRate(total) };
}

function previewSources({ plan, population, counts }: Known): PreviewedSource[] {
  return plan.sources.flatMap(({ origin, window, sampling }, i) => {
    const source = population.sources[i];
    if (source === undefined) return [];
    const { recording, form, kind, runs, problemCount } = source;
    const boundRuns = counts.bound.get(`recordings/${i}`) ?? 0;
    return [{ recording, form, kind, runs, problemCount, origin, window, sampling, boundRuns }];
  });
}

function previewCheck(planned: PlannedCheck, known: Known): PreviewedCheck {
  const check = known.catalogue.find(({ meta }) => meta.id === planned.id);
  if (check === undefined) throw new Error(`no check ${planned.id} in this version of aigate`);
  const { id, gate, severity, kinds, notApplicable, limits, origins } = planned;
  const unset = Object.entries<Limit>(check.limits as LimitSet)
    .filter(([name, { isOptional }]) => !isOptional && !Object.hasOwn(limits, name))
    .map(([name]) => name);
  const isJudged = notApplicable === undefined && unset.length === 0;
  return {
    id,
    gate,
    title: check.meta.title,
    severity,
    limits: Object.entries(limits).map(([name, value]) => ({ name, value, origin: origins[name] })),
    unset,
    kinds,
    notApplicable,
    demands: isJudged ? demandsOf(check, planned, known) : [],
  };
}

function demandsOf(check: AnyCheck, planned: PlannedCheck, known: Known): PreviewedDemand[] {
  const demands = check.samples?.(planned.limits, known.plan) ?? [];
  const classes = countingClasses(planned.kinds, known.plan);
  return demands.map((demand) => {
    const needed = demand.kind === 'count' ? undefined : runsNeeded(demand.allowed);
    const likely = needed && { units: needed.likely, failures: needed.failures };
    const fewest = demand.kind === 'count' ? demand.least : runsNeeded(demand.allowed).fewest;
    return { demand, fewest, likely, groups: groupsOf(demand, classes, known) };
  });
}

function groupsOf(demand: SampleDemand, classes: readonly RunClass[], { plan, counts }: Known) {
  if (demand.kind === 'count' && demand.planned !== undefined) {
    return demand.planned.map(({ name, units }) => ({ name, units, provenRate: provenRate(units) }));
  }
  if (demand.unit !== 'runs' || demand.per === 'fallback') return undefined;
  const unitsOf = (id: string) => {
    const byClass = counts.byScenario.get(id);
    return classes.reduce((sum, runClass) => sum + (byClass?.get(runClass) ?? 0), 0);
  };
  const byScenario = Object.fromEntries(plan.scenarios.map(({ id }) => [id, unitsOf(id)]));
  return samplesFor(demand, byScenario, plan).map(({ label, ids }) => {
    const units = ids.reduce((sum, id) => sum + (byScenario[id] ?? 0), 0);
    return { name: label, units, provenRate: demand.kind === 'share' ? provenRate(units) : undefined };
  });
}

/** A share is judged as checks do: over all scenarios at once where the sample mix is the traffic mix. */
function samplesFor(demand: SampleDemand, runs: Readonly<Record<string, number>>, plan: Plan): readonly Sample[] {
  if (demand.per === 'workload') return [{ label: 'all scenarios', ids: Object.keys(runs) }];
  if (demand.kind === 'share') return samplesToJudge(runs, plan.scenarios);
  return plan.scenarios.map(({ id }) => ({ label: `scenario ${id}`, ids: [id] }));
}

function spendOf(checks: readonly PreviewedCheck[], { counts, plan, priceOf, live }: Known): Spend {
  const missing = checks.flatMap(({ demands }) => demands.map(missingRuns));
  const { runs, nanoUsd } = counts.priced;
  return {
    meanRunUsd: runs === 0 ? undefined : round12(Number(nanoUsd) / runs / NANO_USD_PER_USD),
    missingRuns: Math.max(0, ...missing),
    live: forecastLive({ plan, counts, priceOf, runs: live }),
  };
}

function missingRuns({ demand, fewest, likely, groups = [] }: PreviewedDemand): number {
  if (demand.unit !== 'runs') return 0;
  const wanted = likely?.units ?? fewest;
  return groups.reduce((sum, { units }) => sum + Math.max(0, wanted - units), 0);
}
