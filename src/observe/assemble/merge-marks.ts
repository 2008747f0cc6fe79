import type { RunOutcome } from '../../contract/run.ts';

/** Values of the select keys by position; null = not recorded. */
export type SelectedValues = readonly (string | null)[];

/** Worst first: where a run is told to have ended in several ways, the worst is believed. */
const OUTCOMES_BY_GRAVITY: readonly RunOutcome[] = ['failure', 'abandoned', 'success'];

/** The outcome a recorded text stands for, in any case; one that stands for nothing known is believed to be the worst. */
export function outcomeOf(text: string | undefined): RunOutcome | undefined {
  const recorded = text?.trim().toLowerCase();
  return recorded === undefined
    ? undefined
    : (OUTCOMES_BY_GRAVITY.find((outcome) => outcome === recorded) ?? 'failure');
}

export function worstOutcome(a: RunOutcome | undefined, b: RunOutcome | undefined): RunOutcome | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return OUTCOMES_BY_GRAVITY.find((outcome) => outcome === a || outcome === b);
}

/** Position by position the first value that is there. */
export function firstValues(a: SelectedValues | undefined, b: SelectedValues | undefined): SelectedValues | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return a.map((value, index) => value ?? b[index] ?? null);
}
