import type { Tables } from '../../src/contract/check.ts';
import { showName } from '../../src/contract/name-counts.ts';
import type { ModelRoute, Plan } from '../../src/contract/plan.ts';
import type { PriceRow } from '../../src/contract/prices.ts';
import { formatNumber, round12 } from '../../src/contract/units.ts';
import type { InputTotals, RouteGrowth } from './growth-sample.ts';

/** Calls that are looked ahead where no cap is declared. */
const CALLS_AHEAD = 1_000;

/**
 * `; at the mean growth of 4,000 tokens a call, claude-x passes its context window of 200,000 tokens at call 51, and no
 * caps.modelCalls stops it`: the first place that conversations come to if growth goes on up to the declared cap, per
 * model. Empty where they come to none.
 */
export function describeAhead({ routes }: InputTotals, plan: Plan, { priceOf }: Tables): string {
  const { modelCalls } = plan.caps;
  const places = declaredModels(plan).flatMap(({ route, provider, model }) => {
    const [growth, row] = [routes[route], priceOf(provider, model)];
    if (growth === undefined || row === undefined) return [];
    return firstPassed(growth, marksOf(row), modelCalls ?? CALLS_AHEAD).map(
      ({ text, call, slope }) =>
        `at the mean growth of ${formatNumber(slope)} tokens a call, ${showName(model)} ${text} at call ${formatNumber(call)}`,
    );
  });
  if (places.length === 0) return '';
  const cap =
    modelCalls === undefined
      ? 'and no caps.modelCalls stops it'
      : `within the declared cap of ${formatNumber(modelCalls)} calls`;
  return `; ${places.join(', ')}, ${cap}`;
}

function declaredModels({ models: { primary, fallback } }: Plan): (ModelRoute & { readonly route: string })[] {
  return [{ ...primary, route: 'primary' }, ...fallback.map((model, i) => ({ ...model, route: `fallback/${i}` }))];
}

/** A size of input and what happens above it. */
interface Mark {
  readonly tokens: number;
  readonly text: string;
}

function marksOf({ contextTokens, input }: PriceRow): readonly Mark[] {
  const tier = input.tiers[0]?.above;
  const size = (tokens: number) => `${formatNumber(tokens)} tokens`;
  return [
    ...(contextTokens === undefined
      ? []
      : [{ tokens: contextTokens, text: `passes its context window of ${size(contextTokens)}` }]),
    ...(tier === undefined ? [] : [{ tokens: tier, text: `comes to the dearer price above ${size(tier)}` }]),
  ];
}

/** The nearest mark that a typical conversation passes within so many calls, and the first call over it. */
function firstPassed({ conversations, first, added, steps }: RouteGrowth, marks: readonly Mark[], most: number) {
  const slope = round12(Number(added) / steps);
  const start = Number(first) / conversations;
  if (!(slope > 0)) return [];
  return marks
    .map((mark) => ({ ...mark, slope, call: Math.max(1, Math.floor(round12((mark.tokens - start) / slope)) + 2) }))
    .filter(({ call }) => call <= most)
    .toSorted((a, b) => a.call - b.call)
    .slice(0, 1);
}
