import { createHash } from 'node:crypto';
import { tableLookup } from '../annotate/price-list.ts';
import { recheckRun } from '../annotate/recheck-run.ts';
import type { Bundle } from '../bundle/read-bundle.ts';
import type { Recomputed } from '../bundle/verify-bundle.ts';
import { AigateError } from '../contract/errors.ts';
import { canonicalJson, parseWithBigInt } from '../contract/json.ts';
import type { Plan } from '../contract/plan.ts';
import type { PriceTable } from '../contract/prices.ts';
import type { RunResult } from '../contract/result.ts';
import type { Run } from '../contract/run.ts';
import { whyNotApplicable } from '../engine/applicability.ts';
import type { MeasureStates } from '../engine/reduce.ts';
import { parseManifest } from '../manifest/parse-manifest.ts';
import { parsePolicy } from '../manifest/parse-policy.ts';
import type { SourceFile } from '../manifest/source-file.ts';
import { makePlan } from '../plan/make-plan.ts';
import { renderHtml } from '../report/html/render-html.ts';
import { renderJson } from '../report/json.ts';
import { BUNDLE_FILES, type BundleInputs, effectivePolicy, policyPath } from './bundle-files.ts';
import { CHECKS } from './catalogue.ts';
import { createTally, judge } from './judge.ts';

/**
 * Judges a bundle again from what it holds: manifest and policies are parsed and planned anew, runs are re-priced
 * and reduced anew (or the measures taken where only cited runs were kept), at the recorded time of evaluation.
 * @throws AigateError VERDICT_MISMATCH when an intermediate file contradicts its source
 */
export async function recompute(bundle: Bundle): Promise<Recomputed> {
  const inputs = (await bundle.json(BUNDLE_FILES.inputs)) as BundleInputs;
  const manifestFile = await source(bundle, BUNDLE_FILES.manifest, inputs.manifestPath);
  const policyFiles = await Promise.all(inputs.policies.map(({ path }, i) => source(bundle, policyPath(i), path)));
  const plan = replan(inputs, manifestFile, policyFiles);
  const recorded = await bundle.text(BUNDLE_FILES.measures);
  const evaluation = { runId: inputs.runId, version: inputs.engineVersion, manifestFile, policyFiles };
  if (inputs.runs === 'cited') {
    const states = parseWithBigInt(recorded) as MeasureStates;
    const result = judge({ plan, population: inputs.population, states }, evaluation);
    await mustHoldOnly(bundle, result, inputs);
    return { from: 'measures', results: renderJson(result) };
  }
  const { states, population } = await reduceRuns(bundle, plan, inputs);
  mustAgree(BUNDLE_FILES.measures, recorded.trim(), canonicalJson(states));
  mustAgree(`${BUNDLE_FILES.inputs}#/population`, canonicalJson(inputs.population), canonicalJson(population));
  const result = judge({ plan, population, states }, evaluation);
  await mustHoldOnly(bundle, result, inputs);
  return { from: 'traces', results: renderJson(result) };
}

/**
 * What people read in a bundle must be what was judged: report and policy are rendered again, and a file that this
 * version does not write (an approval, say) would be signed without having been checked by anybody.
 */
async function mustHoldOnly(bundle: Bundle, result: RunResult, { policies }: BundleInputs): Promise<void> {
  mustAgree(BUNDLE_FILES.report, await bundle.text(BUNDLE_FILES.report), renderHtml(result));
  mustAgree(BUNDLE_FILES.policy, await bundle.text(BUNDLE_FILES.policy), effectivePolicy(result.plan));
  const known = new Set<string>([...Object.values(BUNDLE_FILES), ...policies.map((_, i) => policyPath(i))]);
  const foreign = bundle.manifest.files.find(({ path }) => !known.has(path));
  if (foreign !== undefined) mismatch(`${foreign.path} is no file of an evaluation`);
}

function replan(inputs: BundleInputs, manifestFile: SourceFile, policyFiles: readonly SourceFile[]): Plan {
  const { release, stage, evaluatedAt } = inputs;
  const policies = policyFiles.map((file, i) => parsePolicy(file, inputs.policies[i]?.via ?? 'flag', CHECKS));
  const manifest = parseManifest(manifestFile, CHECKS);
  return makePlan({ manifest, policies, catalogue: CHECKS, whyNotApplicable, release, stage, evaluatedAt });
}

/** A bundled file under the path the user gave it. */
async function source(bundle: Bundle, file: string, path: string): Promise<SourceFile> {
  const text = await bundle.text(file);
  return { path, text, sha256: createHash('sha256').update(text).digest('hex') };
}

async function reduceRuns(bundle: Bundle, plan: Plan, inputs: BundleInputs) {
  const prices = tableLookup((await bundle.json(BUNDLE_FILES.prices)) as PriceTable);
  const tally = createTally(plan);
  for await (const line of bundle.lines(BUNDLE_FILES.runs)) {
    const run = JSON.parse(line) as Run;
    const contradiction = recheckRun(run, plan, prices);
    if (contradiction !== undefined) mismatch(`run ${run.id} in ${BUNDLE_FILES.runs}: ${contradiction}`);
    tally.add(run);
  }
  return { states: tally.states(), population: tally.population(inputs.population.sources) };
}

function mustAgree(what: string, recorded: string, recomputed: string): void {
  if (recorded !== recomputed) mismatch(`${what} is not what the evidence gives`);
}

function mismatch(message: string): never {
  throw new AigateError('VERDICT_MISMATCH', message, {
    hint: 'Do not rely on this bundle; ask for a new one made from the recordings.',
  });
}
