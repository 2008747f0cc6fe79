import { endOf, isRepetition, isUsable, placeAsked } from './drill-attempts.ts';
import type { DrillAttempt, DrillRun } from './drill-run.ts';
import type { Plan } from './plan.ts';
import { round12 } from './units.ts';

/** Attempts of one logical call at one model where no number of repetitions is declared: own judgement, 2026-11-25. */
const MOST_ATTEMPTS = 10;
/** A run keeps 50 attempts: a declared cap above what can be seen is held to what can be seen. */
const MOST_SEEN = 49;

/** Attempts of one logical call at one model. */
interface Series {
  readonly place: string;
  attempts: number;
  endMs: number;
}

/** Most attempts of one logical call at one model: one, and the declared repetitions of a run; 10 where none are. */
export function attemptCap({ retries }: Pick<Plan, 'retries'>): number {
  return retries.total === undefined ? MOST_ATTEMPTS : Math.min(1 + retries.total, MOST_SEEN);
}

/** Whether one logical call asked one model more often than the cap. */
export function isStorm(run: DrillRun, plan: Pick<Plan, 'retries'>): boolean {
  return seriesOf(run).some(({ attempts }) => attempts > attemptCap(plan));
}

/**
 * Attempts for each logical call at the model where they are most, ≥ 1; 1 when there are none. Attempts at a fallback
 * are not counted as repetitions of the primary: switching is not a storm.
 */
export function amplification(run: DrillRun): number {
  const all = seriesOf(run);
  const ratios = all.map(({ place }) => {
    const there = all.filter((series) => series.place === place);
    return there.reduce((sum, { attempts }) => sum + attempts, 0) / there.length;
  });
  return round12(Math.max(1, ...ratios));
}

/**
 * A series ends with a usable answer of any model, because what is asked after it is another question. A different
 * request that does not wait for the one before is another question too: it asks side by side.
 */
function seriesOf({ attempts, fault }: DrillRun): readonly Series[] {
  const all: Series[] = [];
  let open = new Map<string, Series>();
  for (const attempt of attempts) {
    const place = placeAsked(attempt);
    const series = open.get(place);
    const isSame = series !== undefined && !asksBeside(attempt, series);
    if (isSame) extend(series, attempt);
    else {
      const started = { place, attempts: 1, endMs: endOf(attempt) };
      all.push(started);
      open.set(place, started);
    }
    if (isUsable(attempt, fault)) open = new Map();
  }
  return all;
}

function extend(series: Series, attempt: DrillAttempt): void {
  series.attempts += 1;
  series.endMs = Math.max(series.endMs, endOf(attempt));
}

function asksBeside(attempt: DrillAttempt, { endMs }: Series): boolean {
  return !isRepetition(attempt) && attempt.atMs < endMs;
}
