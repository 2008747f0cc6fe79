import { RESULTS_FILE, WORKLOAD_MANIFEST_FILE } from '../bundle/layout.ts';
import type { Stage } from '../contract/gate.ts';
import { canonicalJson } from '../contract/json.ts';
import type { Plan, ReleaseIdentity } from '../contract/plan.ts';
import type { Population } from '../contract/population.ts';

/** Paths inside a bundle. `check` writes them, `verify` reads them back. */
export const BUNDLE_FILES = {
  results: RESULTS_FILE,
  inputs: 'files/inputs.json',
  policy: 'files/policy.json',
  measures: 'files/measures.json',
  prices: 'files/tables/prices.json',
  lifecycle: 'files/tables/lifecycle.json',
  manifest: WORKLOAD_MANIFEST_FILE,
  runs: 'files/traces/runs.jsonl',
  report: 'files/report.html',
} as const;

/** Those that an evaluation writes only when there is something to write. */
export const OPTIONAL_FILES = {
  /** What was looked at in the folder of the workload. */
  inspection: 'files/inspection.json',
  /** What was seen of runs in which a provider was broken on purpose. */
  drills: 'files/drills.json',
  /** The decision on every tool call; only beside all runs. */
  toolCalls: 'files/tool-calls.jsonl',
  /** What the judge said of labelled items. */
  calibration: 'files/calibration.json',
  /** What an earlier evaluation measured. */
  baseline: 'files/baseline.json',
} as const;

/** Path of the n-th policy file, base first. */
export function policyPath(index: number): string {
  return `files/policies/${index}.yaml`;
}

/** Content of `files/policy.json`: what was in force after all layers, for a deployer to read. */
export function effectivePolicy({ policies, checks, rules, requiredScenarios, workload }: Plan): string {
  return `${canonicalJson({ lane: workload.lane, policies, checks, rules, requiredScenarios })}\n`;
}

/** Content of `files/inputs.json`: everything the judgement depended on besides manifest, policies and runs. */
export interface BundleInputs {
  readonly schemaVersion: 1;
  readonly runId: string;
  readonly engineVersion: string;
  readonly evaluatedAt: string;
  readonly stage: Stage;
  readonly release: ReleaseIdentity;
  /** Files behind `release.artifactsDigest`. */
  readonly releaseFiles: readonly { readonly path: string; readonly sha256: string }[];
  /** As named by the user, for messages; base first. */
  readonly manifestPath: string;
  readonly policies: readonly Pick<Plan['policies'][number], 'path' | 'via'>[];
  readonly population: Population;
  /** `all`: the runs file holds every run. `cited`: only those that findings may cite, because of the size limit. */
  readonly runs: 'all' | 'cited';
}
