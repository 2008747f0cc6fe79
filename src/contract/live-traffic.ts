import type { MissingInput } from './measure.ts';
import { quantity } from './quantity.ts';
import { visible } from './visible-text.ts';

/** Runs that show nothing of the workload, because what should have answered its model calls did not. */
export interface UpstreamTrouble {
  /** Begins with a code, such as `REPLAY_MISS`; redacted. */
  readonly problem: string;
  readonly runs: number;
}

/** What was seen at the proxy of the healthy runs that aigate made itself. */
export interface LiveTraffic {
  /** Runs that were made, those left out too. */
  readonly runs: number;
  /** Runs that are not in the recording; most first, at most 5 problems, the rest is summed under `(other problems)`. */
  readonly unanswered: readonly UpstreamTrouble[];
  /** Scenarios of which no run asked a model through the proxy. */
  readonly unaskedScenarios: readonly string[];
  /** Requests that went around the proxy, by host: what they did was not seen. */
  readonly bypasses: readonly { readonly host: string; readonly count: number }[];
  /** Requests that the proxy did not understand, such as `POST /v1/audio/speech`; at most 20. */
  readonly unknownPaths: readonly string[];
  /** How runs failed, by what the program wrote at last; most first, as `unanswered`. Absent = none failed. */
  readonly failures?: readonly UpstreamTrouble[];
  /** The script or cassette that answered the model calls; absent = providers did. */
  readonly answeredFrom?: { readonly path: string; readonly sha256: string };
  /** Runs that sent spans of which none could be taken, such as OTLP over gRPC; absent = none. What they show was never there. */
  readonly refusedSpans?: number;
  /** Runs of whose spans some were taken and others not: what is there may leave out what matters; absent = none. */
  readonly partialSpans?: number;
}

/** `3 runs got no answer (REPLAY_MISS: …)`, for each problem. */
export function describeTroubles(troubles: readonly UpstreamTrouble[]): string {
  return troubles.map(({ problem, runs }) => `${quantity(runs, 'run')} got no answer (${visible(problem)})`).join('; ');
}

/** `3 runs: exit 1, at last "No module named x"`, for each way to fail. */
export function describeFailures(failures: readonly UpstreamTrouble[]): string {
  return failures.map(({ problem, runs }) => `${quantity(runs, 'run')}: ${visible(problem)}`).join('; ');
}

/** What is missing where the upstream gave no answer, and how to supply it. */
export function missingAnswers(troubles: readonly UpstreamTrouble[]): MissingInput {
  const remedies = new Set(troubles.map(({ problem }) => remedyFor(problem)));
  return { input: 'answers to the model calls of live runs', remedy: [...remedies].join(' ') };
}

/** By code and, where a provider answered, by its status. */
const REMEDIES: readonly (readonly [begins: RegExp, remedy: string])[] = [
  [
    /^REPLAY_MISS/,
    'Record the workload again with aigate record, its fallback too, and keep clocks, random values and new ids out of its prompts.',
  ],
  [/^UNSCRIPTED/, 'Add a rule that answers the request to the script of the simulated provider.'],
  [/^NO_UPSTREAM/, 'Name every provider that the workload asks under live.upstream.live.'],
  [/^UPSTREAM_STATUS: 40[13]/, 'Give aigate a key that the provider accepts for this model.'],
  [/^UPSTREAM_STATUS: 4/, 'Raise the quota at the provider, lower live.concurrency, or test again later.'],
];

function remedyFor(problem: string): string {
  return REMEDIES.find(([begins]) => begins.test(problem))?.[1] ?? 'Test again when the provider answers.';
}
