import { tmpdir } from 'node:os';
import { createAnnotator } from '../annotate/annotate-run.ts';
import { compileAssertions } from '../annotate/text-assertions.ts';
import { compileArgumentRules } from '../annotate/tools/assess-arguments.ts';
import { compileRunRules, needsWords } from '../annotate/tools/complete-facts.ts';
import type { BundleWriter } from '../bundle/create-bundle.ts';
import { LIVE_RECORDING } from '../contract/live.ts';
import type { LiveTraffic } from '../contract/live-traffic.ts';
import type { Population, SourcePopulation } from '../contract/population.ts';
import type { PriceLookup } from '../contract/prices.ts';
import type { Run } from '../contract/run.ts';
import type { MeasureStates } from '../engine/reduce.ts';
import { observeRecordings } from '../observe/recordings.ts';
import { BUNDLE_FILES, type BundleInputs, OPTIONAL_FILES } from './bundle-files.ts';
import { callLines } from './call-listing.ts';
import { createTally } from './judge.ts';
import type { LoadedPlan } from './load-plan.ts';
import { createRunArchive } from './run-archive.ts';

/** Redacted runs above this size are reduced to the cited ones (design: 50 MB). */
const RUNS_LIMIT_BYTES = 50 * 1024 * 1024;

const CALLS_FILE = { path: OPTIONAL_FILES.toolCalls, mediaType: 'application/x-ndjson', role: 'tool-calls' };

export interface Observation {
  readonly population: Population;
  readonly states: MeasureStates;
  /** What became of the runs in the bundle. */
  readonly runs: BundleInputs['runs'];
}

export interface ObservationTools {
  readonly priceOf: PriceLookup;
  readonly redact: (text: string) => string;
  readonly signal: AbortSignal;
}

/** Reads every recording, reduces its runs, and writes them into the bundle. */
export async function observeWorkload(
  loaded: LoadedPlan,
  bundle: BundleWriter,
  tools: ObservationTools & { readonly live: LiveFacts | undefined },
): Promise<Observation> {
  const tally = createTally(loaded.plan);
  const runsFile = { path: BUNDLE_FILES.runs, mediaType: 'application/x-ndjson', role: 'runs' };
  const sink = bundle.openFile(runsFile);
  const archive = createRunArchive(sink, RUNS_LIMIT_BYTES, tally.states);
  const calls = loaded.plan.tools === undefined ? undefined : bundle.openFile(CALLS_FILE);
  const sources = await readRuns(loaded, tools, (run) => {
    tally.add(run);
    archive.add(run);
    if (archive.isComplete()) calls?.write(callLines(run, loaded.plan));
  });
  const states = tally.states();
  const isComplete = archive.isComplete();
  // Without all runs nobody could decide the calls again.
  if (isComplete) await Promise.all([sink.close(), calls?.close()]);
  else {
    await Promise.all([sink.discard(), calls?.discard()]);
    const cited = archive.cited(states).map((run) => `${JSON.stringify(run)}\n`);
    await bundle.add({ ...runsFile, content: cited.join('') });
  }
  return {
    population: tally.population(sources.map((source) => withLive(source, tools.live))),
    states,
    runs: isComplete ? 'all' : 'cited',
  };
}

/** What is known of live runs besides their recording. */
interface LiveFacts {
  readonly leftOut: SourcePopulation['leftOut'];
  readonly traffic: LiveTraffic;
}

function withLive(source: SourcePopulation, live: LiveFacts | undefined): SourcePopulation {
  if (live === undefined || source.recording !== LIVE_RECORDING) return source;
  return { ...source, live: live.traffic, ...(live.leftOut === undefined ? {} : { leftOut: live.leftOut }) };
}

/** Reads every recording of the plan and hands on its runs, annotated. */
export async function readRuns(
  { plan, root }: Pick<LoadedPlan, 'plan' | 'root'>,
  { priceOf, redact, signal }: ObservationTools,
  onRun: (run: Run) => void,
): Promise<readonly SourcePopulation[]> {
  const tools = plan.tools === undefined || plan.tools === 'none' ? [] : Object.values(plan.tools);
  const rules = tools.flatMap((tool) => tool.rules ?? []);
  const annotate = createAnnotator(plan, priceOf, await compileRunRules(plan.tools, redact));
  const request = {
    root,
    sources: plan.sources,
    selectKeys: [...new Set(plan.scenarios.flatMap(({ select }) => Object.keys(select)))],
    signals: (plan.evidence.monitors ?? []).map((monitor) => monitor.signal),
    assess: await compileAssertions(plan.assertions),
    assessArguments: await compileArgumentRules(plan.tools),
    keepsWords: rules.some(needsWords),
    findsSecrets: tools.length > 0,
    redact,
    spillRoot: tmpdir(),
    signal,
  };
  return observeRecordings(request, (run) => onRun(annotate(run)));
}
