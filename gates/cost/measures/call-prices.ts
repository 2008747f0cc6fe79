import { defineMeasure } from '../../../src/contract/measure.ts';
import type { ModelCall } from '../../../src/contract/run.ts';
import { NANO_USD_PER_USD } from '../../../src/contract/units.ts';
import { UNSEEN_CALLS } from '../../../src/contract/unseen-calls.ts';
import { keepWitness, mergeWitnesses, type Witness } from '../../../src/contract/witness.ts';
import { mergeUnpriced, type UnpricedCalls } from '../unpriced.ts';

export interface CallPrices {
  calls: number;
  runsWithoutCalls: number;
  withoutCallsAt: Witness[];
  unpriced: UnpricedCalls;
  unpricedAt: Witness[];
  /** Calls by `provider/model` that is not in the price list; the first names in alphabetical order, see `NAMES`. */
  unknownModels: Record<string, number>;
  /** Calls with a list price and a cost that the producer reported, in nano-USD. */
  compared: { calls: number; list: bigint; recorded: bigint };
  /** The calls that differ most, by nano-USD. */
  differingAt: Witness[];
}

/** Names kept. Those that come first are complete over any split: none of them can have been pushed out before. */
const NAMES = 20;
const NAME_LENGTH = 100;

/** Which model calls have a price, and how far it is from the cost the producer reported. */
export default defineMeasure<CallPrices, CallPrices>({
  id: 'cost/call-prices',
  population: 'counted',
  unseen: UNSEEN_CALLS,
  empty: () => ({
    calls: 0,
    runsWithoutCalls: 0,
    withoutCallsAt: [],
    unpriced: {},
    unpricedAt: [],
    unknownModels: {},
    compared: { calls: 0, list: 0n, recorded: 0n },
    differingAt: [],
  }),
  add(state, run) {
    const calls = run.steps.filter((step) => step.type === 'model');
    state.calls += calls.length;
    if (calls.length === 0) {
      state.runsWithoutCalls += 1;
      keepWitness(state.withoutCallsAt, { value: 1, ref: run.ref });
    }
    for (const step of calls) {
      if (step.costNanoUsd === undefined) addUnpriced(state, step);
      else compare(state, step, step.costNanoUsd);
    }
  },
  merge(a, b) {
    const unknownModels = { ...a.unknownModels };
    for (const [name, count] of Object.entries(b.unknownModels)) {
      unknownModels[name] = (unknownModels[name] ?? 0) + count;
    }
    return {
      calls: a.calls + b.calls,
      runsWithoutCalls: a.runsWithoutCalls + b.runsWithoutCalls,
      withoutCallsAt: mergeWitnesses(a.withoutCallsAt, b.withoutCallsAt),
      unpriced: mergeUnpriced(a.unpriced, b.unpriced),
      unpricedAt: mergeWitnesses(a.unpricedAt, b.unpricedAt),
      unknownModels: firstNames(unknownModels),
      compared: {
        calls: a.compared.calls + b.compared.calls,
        list: a.compared.list + b.compared.list,
        recorded: a.compared.recorded + b.compared.recorded,
      },
      differingAt: mergeWitnesses(a.differingAt, b.differingAt),
    };
  },
  finish: (state) => (state.calls === 0 ? undefined : state),
});

function addUnpriced(state: CallPrices, call: ModelCall): void {
  const reason = call.unpriced ?? 'no-usage';
  state.unpriced[reason] = (state.unpriced[reason] ?? 0) + 1;
  keepWitness(state.unpricedAt, { value: 1, ref: call.ref });
  if (reason !== 'unknown-model') return;
  const model = call.servedModel ?? call.requestedModel ?? '';
  const name = `${call.provider ?? '(no provider)'}/${model}`.slice(0, NAME_LENGTH);
  state.unknownModels[name] = (state.unknownModels[name] ?? 0) + 1;
  state.unknownModels = firstNames(state.unknownModels);
}

function firstNames(models: Record<string, number>): Record<string, number> {
  const names = Object.keys(models);
  if (names.length <= NAMES) return models;
  return Object.fromEntries(
    names
      .sort()
      .slice(0, NAMES)
      .map((name) => [name, models[name] ?? 0]),
  );
}

/** A reported cost that is no amount of money says nothing. */
function compare(state: CallPrices, { recordedCostUsd, ref }: ModelCall, costNanoUsd: number): void {
  if (recordedCostUsd === undefined || !Number.isFinite(recordedCostUsd) || recordedCostUsd < 0) return;
  const recorded = Math.round(recordedCostUsd * NANO_USD_PER_USD);
  if (!Number.isFinite(recorded)) return;
  state.compared.calls += 1;
  state.compared.list += BigInt(costNanoUsd);
  state.compared.recorded += BigInt(recorded);
  const difference = Math.abs(recorded - costNanoUsd);
  if (difference > 0) keepWitness(state.differingAt, { value: difference, ref });
}
