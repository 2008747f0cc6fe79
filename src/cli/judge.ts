import callDecisions from '../../gates/tool-control/measures/call-decisions.ts';
import type { Needs } from '../contract/check.ts';
import type { Finding } from '../contract/finding.ts';
import { inspectedArtifact, inspectedDigests } from '../contract/inspected-ref.ts';
import type { Inspection } from '../contract/inspection.ts';
import type { AnyMeasure } from '../contract/measure.ts';
import type { Plan } from '../contract/plan.ts';
import type { Population, SourcePopulation } from '../contract/population.ts';
import type { ArtifactRef, RunResult } from '../contract/result.ts';
import type { Run } from '../contract/run.ts';
import { definitionChanges } from '../contract/served/definition-changes.ts';
import { servedAgainstLock } from '../contract/served/served-against-lock.ts';
import { buildCard } from '../engine/card.ts';
import { decide } from '../engine/decide.ts';
import { drillMatrix } from '../engine/drill-matrix.ts';
import { evaluateChecks } from '../engine/evaluate.ts';
import type { Observed } from '../engine/observed.ts';
import { ALL_CLASSES, createReducer, finishMeasure, type MeasureStates } from '../engine/reduce.ts';
import { toolMatrix } from '../engine/tool-matrix.ts';
import { calibrationArtifact } from './calibration-file.ts';
import { CHECKS, GATES, MEASURES } from './catalogue.ts';
import { drillsArtifact } from './drills-file.ts';

/** Folds runs into measure states and counts them by scenario. */
export interface Tally {
  add(run: Run): void;
  states(): MeasureStates;
  population(sources: readonly SourcePopulation[]): Population;
}

export function createTally(plan: Plan): Tally {
  const reducer = createReducer(measuresFor(plan), plan);
  const runsByScenario: Record<string, number> = Object.fromEntries(plan.scenarios.map(({ id }) => [id, 0]));
  let [runs, unmatchedRuns, ambiguousRuns, loadRuns, harmRuns] = [0, 0, 0, 0, 0];
  return {
    add(run) {
      reducer.add(run);
      if (run.harm !== undefined) harmRuns += 1;
      else if (run.load !== undefined) loadRuns += 1;
      if (run.harm !== undefined || run.load !== undefined) return;
      runs += 1;
      if (run.scenario.match === 'none') unmatchedRuns += 1;
      else if (run.scenario.match === 'several') ambiguousRuns += 1;
      else runsByScenario[run.scenario.id] = (runsByScenario[run.scenario.id] ?? 0) + 1;
    },
    states: () => reducer.states(),
    population: (sources) => ({
      sources,
      runs,
      runsByScenario: { ...runsByScenario },
      unmatchedRuns,
      ambiguousRuns,
      ...(loadRuns === 0 ? {} : { loadRuns }),
      ...(harmRuns === 0 ? {} : { harmRuns }),
    }),
  };
}

/** What the planned checks rest on, and what a later evaluation may want to compare with: the rest costs time for nothing. */
function measuresFor(plan: Plan): readonly AnyMeasure[] {
  const { checks } = plan;
  const applicable = new Set(checks.filter(({ notApplicable }) => notApplicable === undefined).map(({ id }) => id));
  const needed = new Set(
    CHECKS.filter(
      ({ meta }) => applicable.has(meta.id) || (applicable.size > 0 && meta.subject === 'baseline'),
    ).flatMap(({ needs }) => Object.values(needs as Needs)),
  );
  // Reports show it, whatever checks apply.
  if (plan.tools !== undefined) needed.add(callDecisions);
  return MEASURES.filter((measure) => needed.has(measure));
}

/** A file that was judged, with its digest. */
export interface InputFile {
  /** As named by the user. */
  readonly path: string;
  readonly sha256: string;
}

/** What identifies one evaluation: recorded, and given back by verify. */
export interface Evaluation {
  readonly runId: string;
  readonly version: string;
  readonly manifestFile: InputFile;
  /** Base first. */
  readonly policyFiles: readonly InputFile[];
}

/** States → findings → verdict → result. Pure: `check` and `verify` get the same bytes from the same input. */
export function judge(observed: Observed, evaluation: Evaluation): RunResult {
  const { plan, population } = observed;
  const unpinned = evaluateChecks(CHECKS, observed);
  const artifacts = artifactsOf(evaluation, observed, unpinned);
  const findings = pinEvidence(unpinned, artifacts);
  const verdict = decide({ plan, population, findings, gates: GATES });
  return {
    schemaVersion: 1,
    runId: evaluation.runId,
    tool: { name: 'aigate', version: evaluation.version },
    evaluatedAt: plan.evaluatedAt,
    ...verdict,
    findings,
    card: buildCard({ plan, findings, verdict }),
    authority: toolMatrix(plan, finishMeasure(callDecisions, observed.states, ALL_CLASSES, plan)),
    definitionChanges: changedDefinitions(plan, observed.inspection),
    drills: drillMatrix(observed.drills, plan),
    population,
    artifacts,
    plan,
  };
}

function changedDefinitions(plan: Plan, inspection: Inspection | undefined): RunResult['definitionChanges'] {
  const compared = inspection && servedAgainstLock(plan, inspection);
  return compared === undefined ? null : definitionChanges(compared);
}

/** Every file under the id by which evidence names it; of those that were looked at, only the ones that are cited. */
function artifactsOf(
  { manifestFile, policyFiles }: Evaluation,
  { population, inspection, drills, calibration }: Observed,
  findings: readonly Finding[],
): ArtifactRef[] {
  const cited = new Set(findings.flatMap(({ evidence }) => evidence.map(({ artifact }) => artifact)));
  const inspected = inspection === undefined ? [] : [...inspectedDigests(inspection)];
  const seen = [drillsArtifact(drills), calibrationArtifact(calibration)].filter((file) => file !== undefined);
  return [
    { id: 'manifest', path: manifestFile.path, sha256: manifestFile.sha256 },
    ...policyFiles.map(({ path, sha256 }, i) => ({ id: `policies/${i}`, path, sha256 })),
    ...population.sources.map(({ recording, sha256 }, i) => ({ id: `recordings/${i}`, path: recording, sha256 })),
    ...population.sources.flatMap(({ live }) => (live?.answeredFrom ? [{ id: 'upstream', ...live.answeredFrom }] : [])),
    ...seen,
    ...inspected
      .map(([path, sha256]) => ({ id: inspectedArtifact(path), path, sha256 }))
      .filter(({ id }) => cited.has(id)),
  ];
}

/** Adds to each place the digest of its artifact, which is known only once the artifact was read to its end. */
function pinEvidence(findings: readonly Finding[], artifacts: readonly ArtifactRef[]): Finding[] {
  const digests = new Map(artifacts.map(({ id, sha256 }) => [id, sha256]));
  return findings.map((finding) => ({
    ...finding,
    evidence: finding.evidence.map((ref) => {
      const sha256 = digests.get(ref.artifact);
      if (sha256 === undefined) throw new Error(`${finding.checkId} cites ${ref.artifact}, which was not read`);
      return { ...ref, sha256 };
    }),
  }));
}
