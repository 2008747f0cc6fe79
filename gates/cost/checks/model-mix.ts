import { type CheckResult, defineCheck, OBSERVED_KINDS } from '../../../src/contract/check.ts';
import { maximum, optional } from '../../../src/contract/limit.ts';
import { listNames, showName } from '../../../src/contract/name-counts.ts';
import type { Plan } from '../../../src/contract/plan.ts';
import { quantity } from '../../../src/contract/quantity.ts';
import { formatMeasurement, type Measurement, round12 } from '../../../src/contract/units.ts';
import { runsWithoutCalls, UNSEEN_CALLS } from '../../../src/contract/unseen-calls.ts';
import { mergeWitnesses, refsOf, type Witness, witnessesOf } from '../../../src/contract/witness.ts';
import type { CallPrices } from '../call-price-tally.ts';
import callPrices from '../measures/call-prices.ts';
import { dollars } from '../price-origins.ts';

export default defineCheck({
  meta: {
    id: 'cost/model-mix',
    title: 'Model calls go to the declared models, in the shares that are allowed',
    severity: 'blocker',
    why: 'Cost, quality and approval were judged for the declared models: a call to any other is a bill and a risk that nobody signed for.',
    remediation: [
      'Open the calls named here and find out where the model comes from: a default of a client, a router, a forgotten experiment.',
      'Declare the model under models where it is meant to be used, else configure the declared one.',
      'Where too many calls go to fallbacks, find out why the primary model did not answer.',
      'Record runs of the corrected release and re-run the check.',
    ],
    controls: ['NIST-AI-RMF:MAP-3.2', 'NIST-AI-RMF:MEASURE-2.4', 'ISO-42001:A.4.5', 'ISO-42001:A.6.2.6', 'SOC2:A1.1'],
    kinds: OBSERVED_KINDS,
    subject: 'every-workload',
    since: '2026-11-25',
  },
  needs: { prices: callPrices },
  limits: {
    undeclared: maximum({
      unit: 'ratio',
      range: [0, 1],
      fallback: 0,
      description: 'model calls to models that the manifest does not declare, as a share of the recorded model calls',
    }),
    fallback: optional(
      maximum({
        unit: 'ratio',
        range: [0, 1],
        description: 'model calls to declared fallbacks, as a share of the recorded model calls',
      }),
    ),
  },
  evaluate({ prices }, { undeclared, fallback }, { plan }): CheckResult {
    const fallbacks = plan.models.fallback.map((_, i) => `fallback/${i}`);
    const judged: readonly [Judged, ...Judged[]] = [
      { ...shareOf(prices, 'undeclared', ['undeclared']), limit: asRatio(undeclared) },
      ...(fallback === undefined ? [] : [{ ...shareOf(prices, 'fallback', fallbacks), limit: asRatio(fallback) }]),
    ];
    const n = prices.modelCalls;
    const message = `${judged.map(describeShare).join(', ')} (${quantity(n, 'model call')})${describeCosts(prices, plan)}`;
    const over = judged.find(({ measured, limit }) => measured.value > limit.value);
    if (over !== undefined) {
      const { at, ...compared } = over;
      return { ...compared, outcome: 'fail', n, message, evidence: witnessesOf(at) };
    }
    return whyOpen(prices, judged, message) ?? { ...toCompared(judged[0], n), outcome: 'pass', message };
  },
});

/** Calls that name no model may have gone to any; runs without a recorded call may have made some. */
function whyOpen(prices: CallPrices, judged: readonly [Judged, ...Judged[]], message: string): CheckResult | undefined {
  const { modelCalls: n, routes } = prices;
  const unnamed = routes['not-recorded'];
  const share = (unnamed?.calls ?? 0) / n;
  const open = judged.find(({ measured, limit }) => round12(measured.value + share) > limit.value);
  if (unnamed !== undefined && open !== undefined) {
    return {
      ...toCompared(open, n),
      outcome: 'inconclusive',
      message: `${quantity(unnamed.calls, 'call')} without a model name; ${message}`,
      missing: {
        input: 'models of all model calls',
        remedy: 'Export gen_ai.request.model and gen_ai.response.model with every model call.',
      },
      evidence: refsOf(unnamed.at),
    };
  }
  if (prices.runsWithoutCalls === 0) return undefined;
  return {
    ...toCompared(judged[0], n),
    outcome: 'inconclusive',
    message: `${runsWithoutCalls(prices.runsWithoutCalls)}; ${message}`,
    missing: UNSEEN_CALLS,
    evidence: refsOf(prices.withoutCallsAt),
  };
}

interface Share {
  readonly limitName: 'undeclared' | 'fallback';
  readonly measured: Measurement;
  readonly at: readonly Witness[];
}

type Judged = Share & { readonly limit: Measurement };

function shareOf({ routes, modelCalls }: CallPrices, limitName: Share['limitName'], names: readonly string[]): Share {
  const uses = names.flatMap((name) => routes[name] ?? []);
  const calls = uses.reduce((total, use) => total + use.calls, 0);
  const at = uses.map((use) => use.at).reduce<Witness[]>(mergeWitnesses, []);
  return { limitName, measured: asRatio(round12(calls / modelCalls)), at };
}

function toCompared({ measured, limit, limitName, at }: Judged, n: number) {
  return { measured, limit, limitName, n, evidence: refsOf(at) };
}

function describeShare({ limitName, measured, limit }: Judged): string {
  const what = limitName === 'undeclared' ? 'on models that are not declared' : 'on fallbacks';
  return `${formatMeasurement(measured, limit)} of calls ${what}, limit ${formatMeasurement(limit, limit)}`;
}

/** `; cost at list price: claude-x 12.3 USD, models that are not declared (gpt-x (3)) 0.1 USD`; the three dearest. */
function describeCosts({ routes, undeclared }: CallPrices, { models }: Plan): string {
  const names: Readonly<Record<string, string>> = {
    primary: showName(models.primary.model),
    ...Object.fromEntries(models.fallback.map(({ model }, i) => [`fallback/${i}`, showName(model)])),
    undeclared: `models that are not declared (${listNames(undeclared, 3)})`,
    'not-recorded': `${quantity(routes['not-recorded']?.calls ?? 0, 'call')} without a model name`,
  };
  const dearest = Object.entries(routes)
    .toSorted(([a, x], [b, y]) => (x.cost === y.cost ? (a < b ? -1 : 1) : x.cost > y.cost ? -1 : 1))
    .slice(0, 3);
  // Nothing priced is not free: what it costs is not known.
  const priced = (cost: bigint) => (cost === 0n ? 'not priced' : dollars(cost));
  return `; cost at list price: ${dearest.map(([route, { cost }]) => `${names[route] ?? route} ${priced(cost)}`).join(', ')}`;
}

function asRatio(value: number): Measurement {
  return { value, unit: 'ratio' };
}
