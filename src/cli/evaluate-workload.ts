import { randomBytes, randomUUID } from 'node:crypto';
import { listedLifecycles } from '../annotate/lifecycles.ts';
import { listPrices } from '../annotate/price-list.ts';
import { type BundleWriter, createBundle } from '../bundle/create-bundle.ts';
import type { PriceLookup } from '../contract/prices.ts';
import type { RunResult } from '../contract/result.ts';
import type { Host } from '../observe/drive/host.ts';
import { createRedactor } from '../observe/redaction.ts';
import { inspectFiles } from './inspect-files.ts';
import { judge } from './judge.ts';
import type { LiveOutcome } from './live/run-live.ts';
import type { LoadedPlan } from './load-plan.ts';
import { observeWorkload } from './observe-workload.ts';
import { writeEvaluation } from './write-evaluation.ts';

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
  readonly host: Host;
  /** Told while the workload is run: how many runs are over, of how many. */
  readonly onProgress: (done: number, total: number) => void;
}

/** Observes, judges and writes the bundle; nothing is left behind when it throws or is aborted. */
export async function evaluateWorkload(loaded: LoadedPlan, options: EvaluateOptions): Promise<Evaluated> {
  const runId = randomUUID();
  const bundle = await createBundle({ outDir: options.outDir, runId });
  try {
    const result = await evaluateInto(bundle, loaded, { ...options, runId });
    options.signal.throwIfAborted();
    const { dir } = await bundle.commit();
    return { result, bundleDir: dir };
  } catch (cause) {
    await bundle.abort();
    throw cause;
  }
}

async function evaluateInto(
  bundle: BundleWriter,
  loaded: LoadedPlan,
  options: EvaluateOptions & { readonly runId: string },
): Promise<RunResult> {
  const { plan, baseline } = loaded;
  const { runId, version, signal } = options;
  const redact = createRedactor(randomBytes(32));
  const [prices, lifecycles] = await Promise.all([listPrices(plan.evaluatedAt), listedLifecycles()]);
  const live = await runWorkload(loaded, { priceOf: prices.lookup, redact, ...options });
  const { population, states, runs } = await observeWorkload(loaded, bundle, {
    priceOf: prices.lookup,
    redact,
    signal,
    live,
  });
  const observed = {
    plan,
    population,
    states,
    tables: {
      priceOf: prices.lookup,
      pricesPublished: prices.published,
      lifecycleOf: lifecycles.lookup,
      lifecyclesReadOn: lifecycles.readOn,
    },
    inspection: await inspectFiles(loaded, { redact, ...options }),
    drills: live?.drills,
    calibration: live?.calibration,
    baselineStates: baseline?.states,
  };
  const result = judge(observed, { ...loaded, runId, version });
  // The tables are written last: what they hold is what was asked, by the judgement too.
  const asked = { prices: prices.used(), lifecycle: lifecycles.used() };
  await writeEvaluation(bundle, { loaded, observed, result, runs, ...asked });
  return result;
}

interface DrillingTools extends Pick<EvaluateOptions, 'host' | 'signal' | 'onProgress'> {
  readonly priceOf: PriceLookup;
  readonly redact: (text: string) => string;
}

/** Runs the workload where the manifest says how; the modules for it are loaded only then. */
async function runWorkload(loaded: LoadedPlan, tools: DrillingTools): Promise<LiveOutcome | undefined> {
  const { plan } = loaded;
  if (plan.live === undefined) return undefined;
  const [{ runLive }, { createDrillTools }] = await Promise.all([
    import('./live/run-live.ts'),
    import('./live/drill-tools.ts'),
  ]);
  return runLive({ ...loaded, live: plan.live }, { ...tools, ...(await createDrillTools(plan, tools)) });
}
