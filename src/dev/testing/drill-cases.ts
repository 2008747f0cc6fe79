import type { CheckContext } from '../../contract/check.ts';
import { aDrillPlan, aDrillRun, drillsOf, someDrills } from './drills.ts';

type DrillChange = Parameters<typeof aDrillRun>[0];

interface DrillCaseOptions {
  /** What a good run of the check shows beyond `aDrillRun`. */
  readonly good?: DrillChange;
  /** Id of a fault that is none of the check's. */
  readonly foreign?: string;
}

/** What every check on drills must say of the same drills, for its examples in `testCheck`; `faults` are those of the check. */
export function drillCases(faults: readonly string[], { good = {}, foreign = 'no-usage' }: DrillCaseOptions = {}) {
  const context = (drills: CheckContext['drills'], planned = faults) => ({ plan: aDrillPlan([...planned]), drills });
  const allOf = (runs: number, change: DrillChange) => drillsOf([...faults], runs, change);
  const worseLast = (worse: DrillChange) =>
    context(someDrills([...allOf(3, good).runs, aDrillRun({ ...worse, fault: faults[0] ?? '' })]));
  const example = (name: string, of: ReturnType<typeof context>, says: string) => ({
    name,
    seen: {},
    limits: { runs: 3 },
    context: of,
    says,
  });
  const tooFew = example('two runs of each fault', context(allOf(2, good)), '2 of 3 runs met');
  const runs = faults.length * 3;
  const ended = (ending: 'failed' | 'timed-out') => ({ ending, answer: undefined }) as const;
  return {
    example,
    /** All drills of the check with this change. */
    every: (change: DrillChange) => context(allOf(3, change)),
    /** Three good runs of each fault, and one more with this change. */
    worseLast,
    endedWell: example('each fault met three times, all ended well', context(allOf(3, good)), `0 of ${runs} runs`),
    stopped: example('it stops and says so', context(allOf(3, ended('failed'))), `${runs} failed-safe`),
    wrongAnswer: example('a wrong answer is presented as success', worseLast({ isExpected: false }), 'failed-unsafe'),
    hangs: example('one hangs', worseLast(ended('timed-out')), 'hung after'),
    endedAsFailed: example('one ends as failed', worseLast({ ...ended('failed'), exit: '1' }), 'failed-safe after'),
    leakedKey: example('a key is in the output', worseLast({ leaksKey: true }), 'a provider key is in the output'),
    brokenWrite: example(
      'a write on a broken answer',
      worseLast({ writesAfterFault: 1 }),
      '1 write on an answer that met the fault',
    ),
    /** Where nothing is proved. */
    unproved: atLeastOne(
      tooFew,
      example('no drill ran', context(someDrills([], { stopped: 'the budget of calls' })), 'drills were left out'),
      example(
        'what answers the other calls gave no answer',
        context(someDrills([], { unanswered: [{ problem: 'REPLAY_MISS: nothing is recorded', runs: 3 }] })),
        'left out: 3 runs got no answer (REPLAY_MISS: nothing is recorded)',
      ),
      example('none of its faults was planned', context(someDrills([]), [foreign]), 'not drilled'),
      example('no request met the fault', context(allOf(3, { attempts: [] })), '0 of 3 runs met'),
      example(
        'traffic around the proxy',
        context({ ...allOf(3, good), bypasses: [{ host: 'api.openai.com', count: 2 }] }),
        'api.openai.com (2)',
      ),
      example('answers that nothing is expected of', context(allOf(3, { isExpected: undefined })), 'cannot be told'),
    ),
  };
}

/** A list that its type knows not to be empty. */
function atLeastOne<T>(first: T, ...more: readonly T[]): readonly [T, ...T[]] {
  return [first, ...more];
}
