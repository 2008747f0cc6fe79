import type { EvidenceRef } from '../../src/contract/evidence.ts';
import type { MissingInput } from '../../src/contract/measure.ts';
import type { RateTally } from '../../src/contract/statistics/rate-tally.ts';
import { keepWitness, mergeWitnesses, type Witness } from '../../src/contract/witness.ts';
import { type AnswerEnd, OPEN_ENDS, SILENT_FAILURES } from './answer-ending.ts';

const ENDS: readonly AnswerEnd[] = ['complete', ...SILENT_FAILURES, 'unanswered', ...OPEN_ENDS];

/** Runs of one scenario by how their last answer ended. Mutable by `addEnd`; everything else returns new values. */
export interface AnswerTally {
  /** Runs that ended badly: in none of `ends`. */
  failedRuns: number;
  /** Numbers of runs; an end that does not occur is absent. */
  ends: Partial<Record<AnswerEnd, number>>;
  silentAt: Witness[];
  unansweredAt: Witness[];
  openAt: Witness[];
}

export function emptyAnswers(): AnswerTally {
  return { failedRuns: 0, ends: {}, silentAt: [], unansweredAt: [], openAt: [] };
}

/** Counts one run in place; `end` undefined = it ended badly. */
export function addEnd(into: AnswerTally, end: AnswerEnd | undefined, ref: EvidenceRef): void {
  if (end === undefined) {
    into.failedRuns += 1;
    return;
  }
  into.ends[end] = (into.ends[end] ?? 0) + 1;
  const places = placesOf(into, end);
  if (places !== undefined) keepWitness(places, { value: 1, ref });
}

function placesOf(into: AnswerTally, end: AnswerEnd): Witness[] | undefined {
  switch (end) {
    case 'complete':
      return undefined;
    case 'unanswered':
      return into.unansweredAt;
    case 'tool':
    case 'unrecorded':
      return into.openAt;
    case 'cut':
    case 'withheld':
    case 'broken':
    case 'paused':
    case 'empty':
    case 'absent':
    case 'tool-failed':
      return into.silentAt;
  }
}

export function mergeAnswers(a: AnswerTally, b: AnswerTally): AnswerTally {
  const ends: AnswerTally['ends'] = {};
  for (const end of ENDS) {
    const runs = (a.ends[end] ?? 0) + (b.ends[end] ?? 0);
    if (runs > 0) ends[end] = runs;
  }
  return {
    failedRuns: a.failedRuns + b.failedRuns,
    ends,
    silentAt: mergeWitnesses(a.silentAt, b.silentAt),
    unansweredAt: mergeWitnesses(a.unansweredAt, b.unansweredAt),
    openAt: mergeWitnesses(a.openAt, b.openAt),
  };
}

/** Runs that ended in one of these ways. */
export function runsEnding({ ends }: AnswerTally, among: readonly AnswerEnd[] = ENDS): number {
  return among.reduce((sum, end) => sum + (ends[end] ?? 0), 0);
}

/**
 * Good = a complete answer, bad = a silent failure. Requests that nothing answers are failures only where tool calls
 * are recorded: elsewhere they may have been executed.
 */
export function asRate(tally: AnswerTally, areToolsRecorded: boolean): RateTally {
  const unanswered = runsEnding(tally, ['unanswered']);
  return {
    good: runsEnding(tally, ['complete']),
    bad: runsEnding(tally, SILENT_FAILURES) + (areToolsRecorded ? unanswered : 0),
    unknown: runsEnding(tally, OPEN_ENDS) + (areToolsRecorded ? 0 : unanswered),
    badAt: areToolsRecorded ? mergeWitnesses(tally.silentAt, tally.unansweredAt) : tally.silentAt,
    unknownAt: areToolsRecorded ? tally.openAt : mergeWitnesses(tally.openAt, tally.unansweredAt),
  };
}

/** What recordings lack that leave ends open: the more frequent of two things. */
export function missingAnswers(tally: AnswerTally, areToolsRecorded: boolean): MissingInput {
  const inTools = runsEnding(tally, areToolsRecorded ? ['tool'] : ['tool', 'unanswered']);
  if (inTools > runsEnding(tally, ['unrecorded'])) {
    return {
      input: 'what followed the last tool request',
      remedy:
        'Record every executed and every refused tool call, and the answer after it. Where a tool call is the outcome of the task, expect it in the scenario (tool-called) or declare it as handoff.tool.',
    };
  }
  return {
    input: 'finish reasons of model calls',
    remedy:
      'Record gen_ai.response.finish_reasons and the output of every model call, and aigate.outcome or the span that encloses the task.',
  };
}
