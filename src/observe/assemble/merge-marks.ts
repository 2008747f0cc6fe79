import type { RunOutcome } from '../../contract/run.ts';

/** Values of the select keys by position; null = not recorded. */
export type SelectedValues = readonly (string | null)[];

/** Worst first: where a run is told to have ended in several ways, the worst is believed. */
const OUTCOMES_BY_GRAVITY: readonly RunOutcome[] = ['failure', 'abandoned', 'success'];

/** The outcome a recorded text stands for; null for anything else. */
export function outcomeOf(text: string | undefined): RunOutcome | null {
  return OUTCOMES_BY_GRAVITY.find((outcome) => outcome === text) ?? null;
}

export function worstOutcome(a: RunOutcome | null, b: RunOutcome | null): RunOutcome | null {
  if (a === null || b === null) return a ?? b;
  return OUTCOMES_BY_GRAVITY.find((outcome) => outcome === a || outcome === b) ?? null;
}

/** Position by position the first value that is there. */
export function firstValues(a: SelectedValues | null, b: SelectedValues | null): SelectedValues | null {
  if (a === null || b === null) return a ?? b;
  return a.map((value, index) => value ?? b[index] ?? null);
}
