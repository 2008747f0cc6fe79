import { createHash } from 'node:crypto';
import { knownLifecycles } from '../annotate/lifecycles.ts';
import { tableLookup } from '../annotate/price-list.ts';
import { recheckRun } from '../annotate/recheck-run.ts';
import type { Bundle } from '../bundle/read-bundle.ts';
import type { Recomputed } from '../bundle/verify-bundle.ts';
import type { Drills } from '../contract/drill-run.ts';
import { AigateError } from '../contract/errors.ts';
import type { Inspection } from '../contract/inspection.ts';
import { canonicalJson, parseWithBigInt } from '../contract/json.ts';
import type { Calibration } from '../contract/judge.ts';
import type { LifecycleTable } from '../contract/lifecycle.ts';
import type { Plan } from '../contract/plan.ts';
import type { PriceLookup, PriceTable } from '../contract/prices.ts';
import type { RunResult } from '../contract/result.ts';
import type { Run } from '../contract/run.ts';
import { whyNotApplicable } from '../engine/applicability.ts';
import type { MeasureStates } from '../engine/reduce.ts';
import { expandSources } from '../manifest/expand-sources.ts';
import { isFoundBy } from '../manifest/matching-files.ts';
import { parseManifest } from '../manifest/parse-manifest.ts';
import { parsePolicy } from '../manifest/parse-policy.ts';
import type { SourceFile } from '../manifest/source-file.ts';
import { makePlan } from '../plan/make-plan.ts';
import { renderHtml } from '../report/html/render-html.ts';
import { renderJson } from '../report/json.ts';
import type { BaselineFile } from './baseline.ts';
import { BUNDLE_FILES, type BundleInputs, effectivePolicy, OPTIONAL_FILES, policyPath } from './bundle-files.ts';
import { callLines } from './call-listing.ts';
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
  const baseline = (await optional(bundle, OPTIONAL_FILES.baseline)) as BaselineFile | undefined;
  const plan = replan(inputs, baseline, { manifestFile, policyFiles });
  const prices = (await bundle.json(BUNDLE_FILES.prices)) as PriceTable;
  const priceOf = tableLookup(prices);
  const recorded = await bundle.text(BUNDLE_FILES.measures);
  const observed =
    inputs.runs === 'all'
      ? await reduceRuns(bundle, { plan, priceOf }, inputs)
      : { states: parseWithBigInt(recorded) as MeasureStates, population: inputs.population };
  mustAgree(BUNDLE_FILES.measures, recorded.trim(), canonicalJson(observed.states));
  mustAgree(`${BUNDLE_FILES.inputs}#/population`, canonicalJson(inputs.population), canonicalJson(observed.population));
  const lifecycles = knownLifecycles((await bundle.json(BUNDLE_FILES.lifecycle)) as LifecycleTable);
  const result = judge(
    {
      ...observed,
      plan,
      tables: {
        priceOf,
        pricesPublished: prices.published,
        lifecycleOf: lifecycles.lookup,
        lifecyclesReadOn: lifecycles.readOn,
      },
      inspection: (await optional(bundle, OPTIONAL_FILES.inspection)) as Inspection | undefined,
      drills: (await optional(bundle, OPTIONAL_FILES.drills)) as Drills | undefined,
      calibration: (await optional(bundle, OPTIONAL_FILES.calibration)) as Calibration | undefined,
      baselineStates: baseline?.states,
    },
    { runId: inputs.runId, version: inputs.engineVersion, manifestFile, policyFiles },
  );
  await mustHoldOnly(bundle, result, inputs);
  return { from: inputs.runs === 'all' ? 'traces' : 'measures', results: renderJson(result) };
}

/** A file that an evaluation writes only when there is something to write. */
async function optional(bundle: Bundle, path: string): Promise<unknown> {
  const isThere = bundle.manifest.files.some((file) => file.path === path);
  return isThere ? parseWithBigInt(await bundle.text(path)) : undefined;
}

/**
 * What people read in a bundle must be what was judged: report and policy are rendered again, and a file that this
 * version does not write (an approval, say) would be signed without having been checked by anybody.
 */
async function mustHoldOnly(bundle: Bundle, result: RunResult, { policies }: BundleInputs): Promise<void> {
  mustAgree(BUNDLE_FILES.report, await bundle.text(BUNDLE_FILES.report), renderHtml(result));
  mustAgree(BUNDLE_FILES.policy, await bundle.text(BUNDLE_FILES.policy), effectivePolicy(result.plan));
  const known = new Set<string>([
    ...Object.values(BUNDLE_FILES),
    ...Object.values(OPTIONAL_FILES),
    ...policies.map((_, i) => policyPath(i)),
  ]);
  const foreign = bundle.manifest.files.find(({ path }) => !known.has(path));
  if (foreign !== undefined) mismatch(`${foreign.path} is no file of an evaluation`);
}

interface Declarations {
  readonly manifestFile: SourceFile;
  readonly policyFiles: readonly SourceFile[];
}

function replan(inputs: BundleInputs, baseline: BaselineFile | undefined, declarations: Declarations): Plan {
  const { release, stage, evaluatedAt } = inputs;
  const policies = declarations.policyFiles.map((file, i) =>
    parsePolicy(file, inputs.policies[i]?.via ?? 'flag', CHECKS),
  );
  const declared = parseManifest(declarations.manifestFile, CHECKS);
  const read = inputs.population.sources.map(({ recording }) => recording);
  const filesOf = (glob: string) => read.filter((path) => isFoundBy(glob, path));
  const manifest = { ...declared, sources: expandSources(declared.sources, filesOf) };
  const decided = { release, stage, evaluatedAt, baseline: baseline?.identity };
  return makePlan({ manifest, policies, catalogue: CHECKS, whyNotApplicable, ...decided });
}

/** A bundled file under the path the user gave it. */
async function source(bundle: Bundle, file: string, path: string): Promise<SourceFile> {
  const text = await bundle.text(file);
  return { path, text, sha256: createHash('sha256').update(text).digest('hex') };
}

interface Judging {
  readonly plan: Plan;
  readonly priceOf: PriceLookup;
}

async function reduceRuns(bundle: Bundle, { plan, priceOf }: Judging, inputs: BundleInputs) {
  const tally = createTally(plan);
  const calls = createHash('sha256');
  for await (const line of bundle.lines(BUNDLE_FILES.runs)) {
    const run = JSON.parse(line) as Run;
    const contradiction = recheckRun(run, plan, priceOf);
    if (contradiction !== undefined) mismatch(`run ${run.id} in ${BUNDLE_FILES.runs}: ${contradiction}`);
    tally.add(run);
    calls.update(callLines(run, plan));
  }
  const listed = bundle.manifest.files.find(({ path }) => path === OPTIONAL_FILES.toolCalls);
  if (plan.tools !== undefined) mustAgree(OPTIONAL_FILES.toolCalls, listed?.sha256 ?? '', calls.digest('hex'));
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
