import {
  describeFailures,
  describeTroubles,
  type LiveTraffic,
  missingAnswers,
} from '../../src/contract/live-traffic.ts';
import { showName } from '../../src/contract/name-counts.ts';
import type { Population } from '../../src/contract/population.ts';
import { quantity } from '../../src/contract/quantity.ts';
import { formatNumber } from '../../src/contract/units.ts';
import type { SourceGap } from './source-gaps.ts';

/** What is not known of runs that aigate made itself: their models did not answer, or were not asked where it could see. */
export function liveGaps({ sources }: Population): SourceGap[] {
  return sources.flatMap(({ live }) =>
    live === undefined
      ? []
      : [unanswered(live), bypassed(live), unasked(live), cut(live)].filter((gap) => gap !== undefined),
  );
}

function unanswered({ unanswered: troubles }: LiveTraffic): SourceGap | undefined {
  if (troubles.length === 0) return undefined;
  return { message: `live runs are left out: ${describeTroubles(troubles)}`, missing: missingAnswers(troubles) };
}

const BY_ENVIRONMENT =
  'Take the base URL of every provider from the environment, or where live.http asks a service from the header x-aigate-base-url, so that no model call goes around the proxy.';

function bypassed({ bypasses }: LiveTraffic): SourceGap | undefined {
  if (bypasses.length === 0) return undefined;
  return {
    message: `requests of live runs went around the proxy, so what they did was not seen: ${hostsOf(bypasses)}`,
    missing: { input: 'all model traffic of live runs', remedy: BY_ENVIRONMENT },
  };
}

function unasked({ unaskedScenarios, unknownPaths, bypasses, failures = [] }: LiveTraffic): SourceGap | undefined {
  if (unaskedScenarios.length === 0) return undefined;
  const elsewhere = [
    ...(bypasses.length === 0 ? [] : [`went around it: ${hostsOf(bypasses)}`]),
    ...(unknownPaths.length === 0
      ? []
      : [`were no model calls that it understands: ${unknownPaths.map(showName).join(', ')}`]),
  ];
  const others = elsewhere.length === 0 ? 'and no request went elsewhere' : `but requests ${elsewhere.join('; ')}`;
  const failed = failures.length === 0 ? '' : `; runs failed: ${describeFailures(failures)}`;
  return {
    message: `no live run of scenario ${unaskedScenarios.map(showName).join(', ')} asked a model through the proxy, ${others}${failed}`,
    missing: {
      input: 'model calls in live runs',
      remedy:
        failures.length === 0
          ? BY_ENVIRONMENT
          : 'Make the program run where aigate starts it: read what it wrote at last.',
    },
  };
}

function cut({ partialSpans = 0 }: LiveTraffic): SourceGap | undefined {
  if (partialSpans === 0) return undefined;
  return {
    message: `some spans of ${quantity(partialSpans, 'live run')} could not be taken, so tools and approvals may be missing`,
    missing: {
      input: 'all spans of live runs, as OTLP/JSON',
      remedy: 'Send every span by OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf, and keep those of a run below 16 MB.',
    },
  };
}

function hostsOf(bypasses: LiveTraffic['bypasses']): string {
  return bypasses
    .slice(0, 5)
    .map(({ host, count }) => `${showName(host)} (${formatNumber(count)})`)
    .join(', ');
}
