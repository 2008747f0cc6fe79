import type { BundleWriter } from '../bundle/create-bundle.ts';
import { canonicalJson } from '../contract/json.ts';
import type { LifecycleTable } from '../contract/lifecycle.ts';
import type { PriceTable } from '../contract/prices.ts';
import type { RunResult } from '../contract/result.ts';
import type { Observed } from '../engine/observed.ts';
import { renderHtml } from '../report/html/render-html.ts';
import { renderJson } from '../report/json.ts';
import { BUNDLE_FILES, type BundleInputs, effectivePolicy, OPTIONAL_FILES, policyPath } from './bundle-files.ts';
import { calibrationText } from './calibration-file.ts';
import { drillsText } from './drills-file.ts';
import type { LoadedPlan } from './load-plan.ts';

/** What a judgement came from and led to, besides the runs. */
export interface Evaluation {
  readonly loaded: LoadedPlan;
  readonly observed: Observed;
  readonly result: RunResult;
  readonly runs: BundleInputs['runs'];
  readonly prices: PriceTable;
  readonly lifecycle: LifecycleTable;
}

/** Adds every file of an evaluation but the runs to its bundle. */
export async function writeEvaluation(bundle: BundleWriter, evaluation: Evaluation): Promise<void> {
  const { loaded, observed, result } = evaluation;
  const { plan, manifestFile, policyFiles } = loaded;
  const text = (path: string, role: string, content: string, mediaType = 'application/json') =>
    bundle.add({ path, role, mediaType, content });
  const json = (path: string, role: string, value: unknown) => text(path, role, `${canonicalJson(value)}\n`);
  await text(BUNDLE_FILES.results, 'results', renderJson(result));
  await json(BUNDLE_FILES.inputs, 'inputs', inputsOf(evaluation));
  await text(BUNDLE_FILES.policy, 'policy', effectivePolicy(plan));
  await json(BUNDLE_FILES.measures, 'measures', observed.states);
  await json(BUNDLE_FILES.prices, 'prices', evaluation.prices);
  await json(BUNDLE_FILES.lifecycle, 'lifecycle', evaluation.lifecycle);
  if (observed.inspection !== undefined) await json(OPTIONAL_FILES.inspection, 'inspection', observed.inspection);
  if (observed.drills !== undefined) await text(OPTIONAL_FILES.drills, 'drills', drillsText(observed.drills));
  if (observed.calibration !== undefined) {
    await text(OPTIONAL_FILES.calibration, 'calibration', calibrationText(observed.calibration));
  }
  if (loaded.baseline !== undefined) await json(OPTIONAL_FILES.baseline, 'baseline', loaded.baseline);
  await text(BUNDLE_FILES.manifest, 'manifest', manifestFile.text, 'application/yaml');
  for (const [i, policy] of policyFiles.entries()) {
    await text(policyPath(i), 'policy-source', policy.text, 'application/yaml');
  }
  await text(BUNDLE_FILES.report, 'report', renderHtml(result), 'text/html');
}

function inputsOf({ loaded, result, runs }: Evaluation): BundleInputs {
  const { plan, manifestFile, releaseFiles } = loaded;
  return {
    schemaVersion: 1,
    runId: result.runId,
    engineVersion: result.tool.version,
    evaluatedAt: plan.evaluatedAt,
    stage: plan.stage,
    release: plan.release,
    releaseFiles,
    manifestPath: manifestFile.path,
    policies: plan.policies.map(({ path, via }) => ({ path, via })),
    population: result.population,
    runs,
  };
}
