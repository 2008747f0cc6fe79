import { closeSync, openSync, writeSync } from 'node:fs';
import { pick, seededRandom } from './random.ts';
import { type SyntheticSpan, syntheticRun } from './synthetic-spans.ts';

/** Spans of one line: the order of magnitude of an SDK's export batch. */
const SPANS_PER_LINE = 100;
/** Runs under way at once, so that the spans of one run are spread over several lines. */
const RUNS_UNDER_WAY = 200;
/** Turns of a run, evenly likely: 2 × 3.7 = 7.4 spans a run on average. */
const TURNS = [1, 2, 3, 3, 4, 4, 4, 5, 5, 6] as const;
/** 2026-11-10T00:00:00Z. */
const FIRST_SECOND = 1_794_268_800;

/** What the recording says of where it comes from. */
function resource(artifactsDigest: string) {
  const attributes = {
    'service.name': 'support-bot',
    'service.version': '1.42.0',
    'deployment.environment.name': 'production',
    'telemetry.sdk.language': 'nodejs',
    'telemetry.sdk.name': 'opentelemetry',
    'telemetry.sdk.version': '2.1.0',
    'vcs.ref.head.revision': 'b'.repeat(40),
    'aigate.artifacts.digest': artifactsDigest,
  };
  const list = Object.entries(attributes).map(([key, stringValue]) => ({ key, value: { stringValue } }));
  return { attributes: list, droppedAttributesCount: 0 };
}

const SCOPE = { name: '@opentelemetry/instrumentation-openai', version: '0.5.0' };

export interface RecordingOptions {
  readonly seed?: number;
  /** What the runs are bound to, as `aigate digest` prints it. */
  readonly artifactsDigest?: string;
}

/** Writes an OTLP/JSON-lines file of exactly `spans` spans in complete, interleaved runs; the options decide every byte. */
export function writeRecording(file: string, spans: number, options: RecordingOptions = {}): void {
  const { seed = 1, artifactsDigest = `sha256:${'a'.repeat(64)}` } = options;
  const lineOf = (batch: readonly SyntheticSpan[]) =>
    `${JSON.stringify({ resourceSpans: [{ resource: resource(artifactsDigest), scopeSpans: [{ scope: SCOPE, spans: batch }] }] })}\n`;
  const output = openSync(file, 'w');
  try {
    let batch: SyntheticSpan[] = [];
    for (const span of interleavedSpans(spans, seed)) {
      batch.push(span);
      if (batch.length < SPANS_PER_LINE) continue;
      writeSync(output, lineOf(batch));
      batch = [];
    }
    if (batch.length > 0) writeSync(output, lineOf(batch));
  } finally {
    closeSync(output);
  }
}

function* interleavedSpans(total: number, seed: number): Generator<SyntheticSpan> {
  const random = seededRandom(seed);
  const underWay: SyntheticSpan[][] = [];
  let unplanned = total;
  let second = FIRST_SECOND;
  while (unplanned > 0 || underWay.length > 0) {
    while (unplanned > 0 && underWay.length < RUNS_UNDER_WAY) {
      const turns = Math.min(pick(random, TURNS), Math.floor(unplanned / 2));
      const run = syntheticRun(random, turns, second).reverse();
      unplanned -= run.length;
      second += random() < 0.1 ? 1 : 0;
      underWay.push(run);
    }
    const chosen = Math.floor(random() * underWay.length);
    const span = underWay[chosen]?.pop();
    if (span !== undefined) yield span;
    if (underWay[chosen]?.length === 0) underWay.splice(chosen, 1);
  }
}
