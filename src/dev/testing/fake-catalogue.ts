import { type AnyCheck, type CheckMeta, defineCheck, OBSERVED_KINDS } from '../../contract/check.ts';
import { exceptions, type LimitSet, type LimitValues, maximum, minimum, optional } from '../../contract/limit.ts';

/** Checks that stand in for the catalogue where only their ids and limits matter; they judge nothing. */
export const FAKE_CATALOGUE: readonly AnyCheck[] = [
  fakeCheck('cost/monthly-cost', { usd: maximum({ unit: 'usd', description: 'most US dollars a month' }) }),
  fakeCheck(
    'reliability/latency',
    {
      p95: optional(maximum({ unit: 'ms', description: 'p95 of the run duration' })),
      p99: optional(maximum({ unit: 'ms', description: 'p99 of the run duration', range: [1, 60_000] })),
    },
    {
      parseShorthand: (text) => ({ [/^p95<\d+$/.test(text) ? 'p95' : expected('p95<', text)]: Number(text.slice(4)) }),
    },
  ),
  fakeCheck('reliability/availability', {
    rate: minimum({ unit: 'ratio', description: 'least rate of good runs', range: [0, 1], fallback: 0.9 }),
    runs: minimum({ unit: 'count', description: 'least runs', isInteger: true, fallback: 10 }),
  }),
  fakeCheck('tool-control/approvals', {
    tolerated: exceptions({ values: ['modified', 'late'], description: 'departures that are tolerated' }),
  }),
];

interface Options<L extends LimitSet> {
  readonly parseShorthand?: (text: string) => Partial<LimitValues<L>>;
  readonly meta?: Partial<CheckMeta>;
}

/** A check with these limits; `meta` replaces what a test is about. */
export function fakeCheck<L extends LimitSet>(id: CheckMeta['id'], limits: L, options: Options<L> = {}): AnyCheck {
  const { parseShorthand, meta = {} } = options;
  return defineCheck({
    meta: {
      id,
      title: `Stand-in for ${id}`,
      severity: 'blocker',
      why: 'It stands in.',
      remediation: ['Replace it.'],
      controls: [],
      kinds: OBSERVED_KINDS,
      subject: 'every-workload',
      since: '2026-11-21',
      ...meta,
    },
    needs: {},
    limits,
    ...(parseShorthand === undefined ? {} : { parseShorthand }),
    evaluate: () => ({
      outcome: 'inconclusive',
      message: 'a stand-in judges nothing',
      missing: { input: 'a check', remedy: 'Use one.' },
      evidence: [],
    }),
  });
}

function expected(what: string, text: string): never {
  throw new RangeError(`expected ${what}, got ${JSON.stringify(text)}`);
}
