import type { DrillAttempt, DrillRun } from './drill-run.ts';

/** Faults that leave the answer as it was: late, without its usage, or under the name of another model. */
const INTACT = ['slow-ttfb', 'slow-drip', 'brownout', 'model-swapped', 'no-usage'];

/** Faults whose answer still holds what was asked for, so that code can repair it without asking again. */
const REPAIRABLE = ['schema-drift', 'structured-output-invalid', 'tool-duplicate'];

/** Whether an answer that met the fault may be used, as it is or repaired. */
export function holdsAnswer(fault: string): boolean {
  return INTACT.includes(fault) || REPAIRABLE.includes(fault);
}

/** Whether the caller got a whole answer that it may use, as it is or repaired. */
export function isAnswer(
  { isComplete, isFaulted }: Pick<DrillAttempt, 'isComplete' | 'isFaulted'>,
  fault: string,
): boolean {
  return isComplete && (!isFaulted || holdsAnswer(fault));
}

/** Whether the caller got a whole answer that the fault left alone. */
export function isUsable({ isComplete, isFaulted }: DrillAttempt, fault: string): boolean {
  return isComplete && (!isFaulted || INTACT.includes(fault));
}

/** What a request was sent to: the declared route, or the provider and model where none is declared. */
export function placeAsked({ route, provider, model }: DrillAttempt): string {
  return route === 'undeclared' || route === 'not-recorded' ? JSON.stringify([provider, model ?? null]) : route;
}

/** Whether it asks again what was asked before: the client says so, or the request is the same byte for byte. */
export function isRepetition({ sdkRetry, isRepeat }: DrillAttempt): boolean {
  return isRepeat || (sdkRetry ?? 0) > 0;
}

/** The places whose answers met the fault. */
function faultedPlaces({ attempts }: DrillRun): ReadonlySet<string> {
  return new Set(attempts.filter(({ isFaulted }) => isFaulted).map(placeAsked));
}

/**
 * The attempt whose answer the run can rest on: the last to end that came whole and was not spoilt by the fault.
 * Undefined: nothing that the providers sent can be the answer.
 */
export function answeringAttempt({ attempts, fault }: DrillRun): DrillAttempt | undefined {
  return attempts
    .filter((attempt) => isAnswer(attempt, fault))
    .reduce<DrillAttempt | undefined>(
      (last, next) => (last !== undefined && endOf(last) > endOf(next) ? last : next),
      undefined,
    );
}

/** Whether that answer came from a place that met the fault. */
export function isFromFaultedPlace(run: DrillRun, attempt: DrillAttempt): boolean {
  return faultedPlaces(run).has(placeAsked(attempt));
}

/**
 * ms, ≥ 0, from the start of the first attempt that met the fault to the end of the first whole answer of a place that
 * met none of it. Undefined: there is no such answer.
 */
export function timeToSwitchMs(run: DrillRun): number | undefined {
  const starts = run.attempts.filter(({ isFaulted }) => isFaulted).map(({ atMs }) => atMs);
  const start = Math.min(...starts);
  const ends = run.attempts
    .filter((attempt) => attempt.isComplete && !isFromFaultedPlace(run, attempt) && attempt.atMs >= start)
    .map(endOf);
  return starts.length === 0 || ends.length === 0 ? undefined : Math.min(...ends) - start;
}

/** How many of the kept attempts ask again: by the client library, as its own counter says, and by the application. */
export function repetitionsOf({ attempts }: DrillRun): { readonly sdk: number; readonly application: number } {
  const repeated = attempts.filter(isRepetition);
  const sdk = repeated.filter(({ sdkRetry }) => (sdkRetry ?? 0) > 0).length;
  return { sdk, application: repeated.length - sdk };
}

/** ms from the start of the run to the end of the attempt. */
export function endOf({ atMs, durationMs }: DrillAttempt): number {
  return atMs + durationMs;
}
