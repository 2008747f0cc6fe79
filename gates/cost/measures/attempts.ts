import { defineMeasure } from '../../../src/contract/measure.ts';
import { mergePerScenario, type PerScenario, perScenario, valueFor } from '../../../src/contract/per-scenario.ts';
import { type RepeatedRequest, repeatedRequests, tellsOfAttempts } from '../../../src/contract/repeated-requests.ts';
import type { ModelCall, Run } from '../../../src/contract/run.ts';
import { UNSEEN_CALLS } from '../../../src/contract/unseen-calls.ts';
import { keepWitness } from '../../../src/contract/witness.ts';
import { type Cause, causeOf } from '../attempt-cause.ts';
import { type AttemptSample, addBeside, emptyAttempts, mergeAttempts } from '../attempt-sample.ts';
import { addMoment } from '../moments.ts';

/** What the attempts of model calls cost beside those that were accepted. */
export default defineMeasure<PerScenario<AttemptSample>, PerScenario<AttemptSample>>({
  id: 'cost/attempts',
  population: 'counted',
  unseen: UNSEEN_CALLS,
  empty: ({ scenarios }) => perScenario(scenarios, emptyAttempts),
  add(state, run) {
    const sample = valueFor(state, run);
    if (sample !== undefined) addRun(sample, run);
  },
  merge: (a, b) => mergePerScenario(a, b, mergeAttempts),
  finish: (state) => (Object.values(state).some(({ calls }) => calls > 0) ? state : undefined),
});

/** Costs in nano-USD. */
interface Tally {
  accepted: number;
  wasted: number;
  possible: number;
}

function addRun(sample: AttemptSample, run: Run): void {
  const tally: Tally = { accepted: 0, wasted: 0, possible: 0 };
  for (const step of run.steps) {
    if (step.type !== 'model') continue;
    sample.calls += 1;
    if (tellsOfAttempts(step)) sample.telling += 1;
    if (step.error === undefined) accept(sample, tally, step);
    else sample.lone += 1;
  }
  for (const request of repeatedRequests(run.steps)) addRequest(sample, tally, request);
  const accepted = asInteger(tally.accepted);
  addMoment(sample.accepted, accepted);
  if (tally.wasted > 0) addBeside(sample.wasted, asInteger(tally.wasted), accepted);
  if (tally.possible > 0) addBeside(sample.possible, asInteger(tally.possible), accepted);
  if (tally.wasted > 0) keepWitness(sample.wasteful, { value: tally.wasted, ref: run.ref });
}

function accept(sample: AttemptSample, tally: Tally, call: ModelCall): void {
  const cost = costOf(call);
  if (cost === undefined) {
    sample.unpriced += 1;
    keepWitness(sample.unpricedAt, { value: 1, ref: call.ref });
    return;
  }
  tally.accepted += cost;
  if (cost > Number(sample.dearestCall)) sample.dearestCall = asInteger(cost);
}

/** Every attempt but the one that answered was for nothing, and so was an answer that was asked for again. */
function addRequest(sample: AttemptSample, tally: Tally, { attempts, unrecorded }: RepeatedRequest): void {
  const last = attempts[attempts.length - 1];
  const answer = last?.error === undefined ? last : undefined;
  let uncosted = unrecorded;
  if (unrecorded > 0) addCause(sample, 'not told', unrecorded);
  for (const attempt of attempts) {
    if (attempt === answer) continue;
    addCause(sample, causeOf(attempt.error), 1);
    const cost = costOf(attempt);
    if (attempt.error !== undefined) sample.lone -= 1;
    else if (cost === undefined) sample.unpriced -= 1;
    else tally.accepted -= cost;
    if (cost === undefined) uncosted += 1;
    tally.wasted += cost ?? 0;
    tally.possible += cost ?? 0;
  }
  sample.unknown += uncosted;
  const answerCost = answer && costOf(answer);
  if (answerCost === undefined) sample.uncosted += uncosted;
  else tally.possible += uncosted * answerCost;
}

function addCause({ causes }: AttemptSample, cause: Cause, count: number): void {
  causes[cause] = (causes[cause] ?? 0) + count;
}

/** Calls that capacity pays for cost nothing whatever is wasted on them, so what they would cost at list price counts. */
function costOf({ listNanoUsd, costNanoUsd }: ModelCall): number | undefined {
  return listNanoUsd ?? costNanoUsd;
}

function asInteger(nanoUsd: number): bigint {
  return BigInt(Math.min(nanoUsd, Number.MAX_SAFE_INTEGER));
}
