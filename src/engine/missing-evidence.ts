import type { AnyCheck } from '../contract/check.ts';
import { BINDINGS, type EvidenceKind } from '../contract/evidence.ts';
import type { AnyMeasure, MissingInput } from '../contract/measure.ts';
import type { PlannedCheck } from '../contract/plan.ts';
import type { Population } from '../contract/population.ts';
import { finishNeeds, needsOf } from './check-needs.ts';
import type { Observed } from './observed.ts';
import { admittedClasses } from './reduce.ts';

export function drillKinds({ drills: restsOnThem }: AnyCheck, { drills }: Observed): EvidenceKind[] {
  if (restsOnThem === undefined) return [];
  const { runs = [], stop, undos = [], probes = [] } = drills ?? {};
  return [...new Set([...runs, ...(stop?.runs ?? []), ...undos, ...probes].map(({ kind }) => kind))];
}

export function judgeKinds({ calibration: restsOnIt }: AnyCheck, { calibration }: Observed): EvidenceKind[] {
  return restsOnIt === undefined || calibration === undefined ? [] : [calibration.kind];
}

export function whyNotJudged(check: AnyCheck, { kinds }: PlannedCheck, observed: Observed): MissingInput | undefined {
  if (check.calibration === undefined) return undefined;
  if (observed.calibration === undefined) {
    return {
      input: 'what a judge says of labelled items',
      remedy: 'Declare live.judge with a file of labelled items under calibration.',
    };
  }
  if (kinds.includes(observed.calibration.kind)) return undefined;
  const input = `a judge of a kind that counts in lane ${observed.plan.workload.lane} (${kinds.join(', ') || 'none is allowed'})`;
  return { input, remedy: 'Let the provider of the judge answer (live.upstream), or replay what it answered.' };
}

export function whyNotDrilled(check: AnyCheck, { kinds }: PlannedCheck, observed: Observed): MissingInput | undefined {
  if (check.drills === undefined) return undefined;
  if (observed.drills === undefined) {
    return {
      input: 'drills',
      remedy: 'Declare live and drills (or live.probes) in the manifest, so that something is broken on purpose.',
    };
  }
  const refused = drillKinds(check, observed).filter((kind) => !kinds.includes(kind));
  if (refused.length === 0) return undefined;
  const input = `drills of a kind that counts in lane ${observed.plan.workload.lane} (${kinds.join(', ') || 'none is allowed'})`;
  return { input, remedy: 'Let another upstream answer, or let the policy admit this kind of evidence in this lane.' };
}

export function whyNotInspected(
  { inspects }: AnyCheck,
  { kinds }: PlannedCheck,
  { plan, inspection }: Observed,
): MissingInput | undefined {
  if (inspects === undefined) return undefined;
  if (!kinds.includes('inspected')) {
    const input = `evidence of a kind that counts in lane ${plan.workload.lane} (${kinds.join(', ') || 'none is allowed'})`;
    return { input, remedy: 'Let the policy admit inspected evidence in this lane, or leave the check out.' };
  }
  if (inspection !== undefined) return undefined;
  return { input: 'the files of the workload', remedy: 'Run the check in the folder of the workload.' };
}

/** Runs were judged, and may not decide: they are bound to nothing, or came to be in a way that proves nothing here. */
export function whyNotCounted(check: AnyCheck, planned: PlannedCheck, observed: Observed): MissingInput {
  const { plan, states } = observed;
  const ofAnyBinding = finishNeeds(check, states, admittedClasses(planned.kinds, BINDINGS), plan);
  if (ofAnyBinding.unseen === undefined) {
    return {
      input: 'runs bound to this release',
      remedy: `Record with the resource attribute aigate.artifacts.digest=${plan.release.artifactsDigest} (printed by aigate digest).`,
    };
  }
  return {
    input: `runs of a kind that counts in lane ${plan.workload.lane} (${planned.kinds.join(', ') || 'none is allowed'})`,
    remedy:
      plan.live?.upstream.type === 'simulated'
        ? 'Let real providers answer its runs (live.upstream.live), replay what they answered, or record runs of the real workload; a script proves nothing here.'
        : 'Record runs of the real workload; hand-written and synthetic runs prove nothing here.',
  };
}

/** Runs were read, but not one of them reached the check's measures: because of their scenario, or of their release. */
export function whyNoneCounted(check: AnyCheck, { plan, population, states }: Observed): MissingInput | undefined {
  const measures = needsOf(check).map(([, measure]) => measure);
  const hasSeenRuns = measures.some(({ id }) => Object.keys(states[id] ?? {}).length > 0);
  if (hasSeenRuns || population.runs === 0) return undefined;
  const offered = Math.max(0, ...measures.map((measure) => runsOffered(measure, population)));
  if (offered > 0) {
    return {
      input: `runs of this release (all ${offered} were recorded against another)`,
      remedy: `Record runs of what ships now, with the resource attribute aigate.artifacts.digest=${plan.release.artifactsDigest} (printed by aigate digest).`,
    };
  }
  if (measures.some(isOfOwnRuns)) return whyNotMade(population);
  return {
    input: `runs that match a scenario (none of ${population.runs} does)`,
    remedy: 'Give every run the attributes that exactly one scenario selects by, such as aigate.case.',
  };
}

/** Runs that a measure would have seen, had they been of this release. */
function runsOffered({ population: seen }: AnyMeasure, population: Population): number {
  if (seen === 'harm') return population.harmRuns ?? 0;
  if (seen === 'load') return population.loadRuns ?? 0;
  return Object.values(population.runsByScenario).reduce((sum, runs) => sum + runs, 0);
}

/** Runs of loads and of harm are made, not selected by attributes: where there are none, the measure says why. */
function isOfOwnRuns({ population }: AnyMeasure): boolean {
  return population === 'harm' || population === 'load';
}

/** Runs that were planned and not made; undefined = none is known. */
function whyNotMade({ sources }: Population): MissingInput | undefined {
  const cut = sources.find(({ leftOut }) => leftOut !== undefined)?.leftOut;
  if (cut === undefined) return undefined;
  return {
    input: `runs that were planned and not made (${cut.reason})`,
    remedy: 'Raise live.budget so that all planned runs fit; aigate plan counts them.',
  };
}
