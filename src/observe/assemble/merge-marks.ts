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

/** Position by position the value both say; where they differ, every value once, in order, which equals none of them. */
export function agreedValues(a: SelectedValues | undefined, b: SelectedValues | undefined): SelectedValues | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return a.map((value, index) => {
    const other = b[index] ?? null;
    if (value === null || other === null || value === other) return value ?? other;
    const all = new Set([...value.split(SEPARATOR), other]);
    return all.size === 1 ? value : [...all].sort().join(SEPARATOR);
  });
}

const SEPARATOR = ' | ';
