import { describeFailures, describeTroubles, type LiveTraffic } from '../contract/live-traffic.ts';
import { showName } from '../contract/name-counts.ts';
import type { Plan } from '../contract/plan.ts';
import type { SourcePopulation } from '../contract/population.ts';
import { quantity } from '../contract/quantity.ts';
import type { RunResult } from '../contract/result.ts';
import { formatNumber } from '../contract/units.ts';

/** Who set the bar: without a policy the author of the change did. */
export function policyLine({ policies }: Plan): string {
  if (policies.length === 0) return 'no policy: limits come from the manifest under review';
  return policies.map(({ path, sha256, via }) => `${path} (via ${via}, sha256 ${sha256})`).join('; ');
}

/** Runs read and how many of them could be used. */
export function populationLine({ population, plan }: RunResult): string {
  const { runs, unmatchedRuns, ambiguousRuns, sources, loadRuns = 0, harmRuns = 0 } = population;
  const matched = runs - unmatchedRuns - ambiguousRuns;
  return (
    `${quantity(runs, 'run')} read from ${quantity(sources.length, 'recording')}; ` +
    `${formatNumber(matched)} match one of ${quantity(plan.scenarios.length, 'scenario')}, ` +
    `${formatNumber(unmatchedRuns)} match none, ${formatNumber(ambiguousRuns)} match several` +
    (loadRuns === 0 ? '' : `; ${quantity(loadRuns, 'run')} under load counted apart`) +
    (harmRuns === 0 ? '' : `; ${quantity(harmRuns, 'run')} of cases of user harm counted apart`)
  );
}

/** What was read of one recording, and what of it became no step. */
export function sourceLine(source: SourcePopulation): string {
  const ignored = source.ignored.reduce((sum, scope) => sum + scope.count, 0);
  return [
    `${source.recording} (${source.form}, ${source.kind}): ${quantity(source.lines, 'line')}`,
    quantity(source.spans, 'span'),
    quantity(source.runs, 'run'),
    `${formatNumber(ignored)} ignored`,
    `${formatNumber(source.duplicateSpans)} duplicated`,
    `${formatNumber(source.backwardClocks)} with a clock running backwards`,
    quantity(source.problemCount, 'problem'),
    ...(source.leftOut === undefined
      ? []
      : [`${quantity(source.leftOut.runs, 'run')} not made (${source.leftOut.reason})`]),
    ...(source.live === undefined ? [] : liveParts(source.live)),
  ].join(', ');
}

/** What came of the runs that aigate made itself. */
function liveParts(live: LiveTraffic): string[] {
  const { runs, unanswered, unaskedScenarios, refusedSpans, answeredFrom, failures = [] } = live;
  return [
    `${quantity(runs, 'run')} made here`,
    ...(answeredFrom === undefined
      ? []
      : [`answered from ${answeredFrom.path} (sha256 ${answeredFrom.sha256.slice(0, 12)})`]),
    ...(refusedSpans === undefined
      ? []
      : [
          `spans of ${quantity(refusedSpans, 'run')} not taken: send OTLP over HTTP, by OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf`,
        ]),
    ...(failures.length === 0 ? [] : [`failed: ${describeFailures(failures)}`]),
    ...(unanswered.length === 0 ? [] : [`left out: ${describeTroubles(unanswered)}`]),
    ...(unaskedScenarios.length === 0 ? [] : [`no model asked in ${unaskedScenarios.map(showName).join(', ')}`]),
  ];
}

/** Every kind of evidence that was read, in the order of the recordings. */
export function kindsLine({ population }: RunResult): string {
  const kinds = [...new Set(population.sources.map(({ kind }) => kind))];
  return kinds.length === 0 ? 'none' : kinds.join(', ');
}
