import { randomBytes, randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { createAnnotator } from '../annotate/annotate-run.ts';
import { listPrices } from '../annotate/price-list.ts';
import { compileAssertions } from '../annotate/text-assertions.ts';
import { type BundleWriter, createBundle } from '../bundle/create-bundle.ts';
import { canonicalJson } from '../contract/json.ts';
import type { SourcePopulation } from '../contract/population.ts';
import type { PriceTable } from '../contract/prices.ts';
import type { RunResult } from '../contract/result.ts';
import type { MeasureStates } from '../engine/reduce.ts';
import { observeRecordings } from '../observe/recordings.ts';
import { createRedactor } from '../observe/redaction.ts';
import { renderHtml } from '../report/html/render-html.ts';
import { renderJson } from '../report/json.ts';
import { BUNDLE_FILES, type BundleInputs, effectivePolicy, policyPath } from './bundle-files.ts';
import { createTally, judge } from './judge.ts';
import type { LoadedPlan } from './load-plan.ts';
import { createRunArchive } from './run-archive.ts';

/** Redacted runs above this size are reduced to the cited ones (design: 50 MB). */
const RUNS_LIMIT_BYTES = 50 * 1024 * 1024;

export interface Evaluated {
  readonly result: RunResult;
  /** Folder of the bundle, absolute. */
  readonly bundleDir: string;
}

export interface EvaluateOptions {
  /** Folder that receives `<runId>/`, absolute. */
  readonly outDir: string;
  readonly version: string;
  readonly signal: AbortSignal;
}

/** Observes, judges and writes the bundle; nothing is left behind when it throws or is aborted. */
export async function evaluateWorkload(loaded: LoadedPlan, options: EvaluateOptions): Promise<Evaluated> {
  const runId = randomUUID();
  const bundle = await createBundle({ outDir: options.outDir, runId });
  try {
    const observed = await observe(loaded, bundle, options.signal);
    const evaluation = { ...loaded, runId, version: options.version };
    const population = observed.population(observed.sources);
    const result = judge({ plan: loaded.plan, population, states: observed.states }, evaluation);
    await addFiles(bundle, loaded, observed, result);
    options.signal.throwIfAborted();
    const { dir } = await bundle.commit();
    return { result, bundleDir: dir };
  } catch (cause) {
    await bundle.abort();
    throw cause;
  }
}

interface Observed {
  readonly sources: readonly SourcePopulation[];
  readonly population: ReturnType<typeof createTally>['population'];
  readonly states: MeasureStates;
  readonly prices: PriceTable;
  readonly runs: BundleInputs['runs'];
}

async function observe({ plan, root }: LoadedPlan, bundle: BundleWriter, signal: AbortSignal): Promise<Observed> {
  const prices = await listPrices(plan.evaluatedAt);
  const annotate = createAnnotator(plan, prices.lookup);
  const tally = createTally(plan);
  const runsFile = { path: BUNDLE_FILES.runs, mediaType: 'application/x-ndjson', role: 'runs' };
  const sink = bundle.openFile(runsFile);
  const archive = createRunArchive(sink, RUNS_LIMIT_BYTES, tally.states);
  const sources = await observeRecordings(
    {
      root,
      sources: plan.sources,
      selectKeys: [...new Set(plan.scenarios.flatMap(({ select }) => Object.keys(select)))],
      signals: (plan.evidence.monitors ?? []).map((monitor) => monitor.signal),
      assess: await compileAssertions(plan.assertions),
      redact: createRedactor(randomBytes(32)),
      spillRoot: tmpdir(),
      signal,
    },
    (run) => {
      const annotated = annotate(run);
      tally.add(annotated);
      archive.add(annotated);
    },
  );
  const states = tally.states();
  if (archive.isComplete()) await sink.close();
  else {
    await sink.discard();
    await bundle.add({
      ...runsFile,
      content: archive
        .cited(states)
        .map((run) => `${JSON.stringify(run)}\n`)
        .join(''),
    });
  }
  return {
    sources,
    population: tally.population,
    states,
    prices: prices.used(),
    runs: archive.isComplete() ? 'all' : 'cited',
  };
}

async function addFiles(
  bundle: BundleWriter,
  loaded: LoadedPlan,
  observed: Observed,
  result: RunResult,
): Promise<void> {
  const { plan, manifestFile, policyFiles, releaseFiles } = loaded;
  const inputs: BundleInputs = {
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
    runs: observed.runs,
  };
  const json = (path: string, role: string, value: unknown) =>
    bundle.add({ path, role, mediaType: 'application/json', content: `${canonicalJson(value)}\n` });
  await bundle.add({
    path: BUNDLE_FILES.results,
    role: 'results',
    mediaType: 'application/json',
    content: renderJson(result),
  });
  await json(BUNDLE_FILES.inputs, 'inputs', inputs);
  await bundle.add({
    path: BUNDLE_FILES.policy,
    role: 'policy',
    mediaType: 'application/json',
    content: effectivePolicy(plan),
  });
  await json(BUNDLE_FILES.measures, 'measures', observed.states);
  await json(BUNDLE_FILES.prices, 'prices', observed.prices);
  await bundle.add({
    path: BUNDLE_FILES.manifest,
    role: 'manifest',
    mediaType: 'application/yaml',
    content: manifestFile.text,
  });
  for (const [i, { text }] of policyFiles.entries()) {
    await bundle.add({ path: policyPath(i), role: 'policy-source', mediaType: 'application/yaml', content: text });
  }
  await bundle.add({ path: BUNDLE_FILES.report, role: 'report', mediaType: 'text/html', content: renderHtml(result) });
}
