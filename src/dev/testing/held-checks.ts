import type { Finding } from '../../contract/finding.ts';
import type { LimitOrigin } from '../../contract/plan.ts';
import type { Measurement, Unit } from '../../contract/units.ts';

type Told = Partial<Finding> & Pick<Finding, 'title' | 'message'>;

export const of = (value: number, unit: Unit): Measurement => ({ value, unit });
const at = (line: number): LimitOrigin => ({ layer: 'manifest', at: `workload/aigate.yaml:${line}` });
const byPolicy: LimitOrigin = { layer: 'policy', at: 'policy.yaml:7' };
const byDefault: LimitOrigin = { layer: 'default', at: undefined };
/** What every story says of a check unless it says otherwise: all hold. */
export const HELD: Readonly<Record<string, Told>> = {
  'cost/monthly-cost': {
    title: 'Projected monthly cost stays within its limit',
    message: 'at most 6,100 USD a month with 95 % confidence, limit 9,000 USD',
    measured: of(6100, 'usd'),
    estimate: of(5580, 'usd'),
    limit: of(9000, 'usd'),
    limitOrigins: { usd: at(33) },
    n: 4100,
  },
  'cost/price-coverage': {
    title: 'Every model call has a price',
    message: '12,300 of 12,300 model calls are priced',
    measured: of(1, 'ratio'),
    limit: of(1, 'ratio'),
    limitOrigins: { share: byDefault },
    n: 4100,
  },
  'reliability/latency': {
    title: 'Every latency percentile is proved to stay at or under its limit',
    message: 'p95 is at most 7,842 ms with 95 % confidence, limit 8,000 ms',
    measured: of(7842.3, 'ms'),
    estimate: of(7410, 'ms'),
    limit: of(8000, 'ms'),
    limitOrigins: { p95: at(35) },
    n: 4100,
  },
  'reliability/availability': {
    title: 'The share of runs that end well is proved to reach its limit',
    message: 'at least 99.61 % of runs end well with 95 % confidence, limit 99.5 %',
    measured: of(0.99612, 'ratio'),
    estimate: of(0.9978, 'ratio'),
    limit: of(0.995, 'ratio'),
    limitOrigins: { rate: byPolicy },
    n: 4100,
  },
  'reliability/call-timeouts': {
    title: 'No model call outlasts its declared timeout',
    message: 'the slowest of 12,300 model calls took 11,204 ms, timeout 20,000 ms',
    measured: of(11_204, 'ms'),
    limit: of(20_000, 'ms'),
    limitOrigins: {},
    n: 4100,
  },
  'reliability/response-quality': {
    title: 'The share of answers that meet every expectation is proved to reach its limit',
    message: 'at least 97.12 % of answers meet every expectation with 95 % confidence, limit 95 %',
    measured: of(0.9712, 'ratio'),
    estimate: of(0.978, 'ratio'),
    limit: of(0.95, 'ratio'),
    limitOrigins: { rate: at(37) },
    n: 4100,
  },
  'fallback/fallback-validated': {
    title: 'Every declared fallback has taken over in practice',
    message: '62 of 62 runs in which the primary failed were answered by openai/gpt-4.1',
    measured: of(62, 'count'),
    limit: of(20, 'count'),
    limitOrigins: { runs: byDefault },
    n: 62,
  },
  'tool-control/undeclared-tools': {
    title: 'Only declared tools are called',
    message: '0 of 8,240 tool calls went to an undeclared tool',
    measured: of(0, 'count'),
    limit: of(0, 'count'),
    limitOrigins: { calls: byDefault },
    n: 4100,
  },
  'tool-control/approvals': {
    title: 'Every write action is approved by a person first',
    message: '1,025 of 1,025 calls of create_case_note were approved by a person first',
    measured: of(0, 'count'),
    limit: of(0, 'count'),
    limitOrigins: { unapproved: byDefault },
    n: 1025,
  },
  'provider-dependency/single-points-of-failure': {
    title: 'No single provider, cloud or vendor stops the workload',
    message: '0 single points of failure among 2 model routes and 1 critical dependency',
    measured: of(0, 'count'),
    limit: of(0, 'count'),
    limitOrigins: { tolerated: byDefault },
    kind: ['declared'],
    n: 3,
  },
  'provider-dependency/served-model': {
    title: 'The model that answers is the model that was asked for',
    message: '12,300 of 12,300 calls were served by the requested model',
    measured: of(0, 'count'),
    limit: of(0, 'count'),
    limitOrigins: { calls: byDefault },
    n: 4100,
  },
  'evidence/scenario-coverage': {
    title: 'Every scenario has enough runs and few runs match none',
    message: '0.49 % of runs match no scenario, limit 5 %',
    measured: of(0.0049, 'ratio'),
    limit: of(0.05, 'ratio'),
    limitOrigins: { unmatched: byDefault },
    n: 4120,
  },
  'evidence/run-binding': {
    title: 'Every run belongs to what ships',
    message: '4,120 of 4,120 runs carry the digest of this release',
    measured: of(1, 'ratio'),
    limit: of(1, 'ratio'),
    limitOrigins: { share: byDefault },
    n: 4120,
  },
  'evidence/recording-age': {
    title: 'The recordings are recent',
    message: 'the oldest run is 6.5 days old, limit 14 days',
    measured: of(6.5, 'days'),
    limit: of(14, 'days'),
    limitOrigins: { days: byPolicy },
    n: 4120,
  },
  'evidence/risk-acceptance': {
    title: 'A named person accepts the residual risk',
    message: 'head-of-payments-risk accepts the residual risk',
    measured: of(1, 'count'),
    limit: of(1, 'count'),
    limitOrigins: {},
    kind: ['declared'],
    n: 1,
  },
  'evidence/monitors': {
    title: 'Every monitor watches a signal that the recordings emit',
    message: '3 of 3 monitored signals occur in the recordings',
    measured: of(3, 'count'),
    limit: of(3, 'count'),
    limitOrigins: {},
    n: 4120,
  },
};
