import { describe, expect, it } from 'vitest';
import { aPlan } from '../dev/testing/builders.ts';
import { aDrillAttempt, aDrillRun, anAnsweredAttempt } from '../dev/testing/drills.ts';
import { classifyDrill } from './classify-drill.ts';
import { repetitionsOf, timeToSwitchMs } from './drill-attempts.ts';
import type { DrillRun } from './drill-run.ts';

const classOf = (run: Partial<DrillRun>, plan = aPlan()) => classifyDrill(aDrillRun(run), plan);
const unanswered = [aDrillAttempt()];

describe('classifyDrill', () => {
  it.each<[string, Partial<DrillRun>, ReturnType<typeof classifyDrill>]>([
    ['the fallback gave the expected answer', {}, 'switched'],
    [
      'a later attempt at the same model did',
      { attempts: [aDrillAttempt(), anAnsweredAttempt({ route: 'primary' })] },
      'recovered',
    ],
    [
      'broken JSON was repaired',
      { fault: 'structured-output-invalid', attempts: [aDrillAttempt({ isComplete: true })] },
      'recovered',
    ],
    [
      'a slow answer was waited for',
      { fault: 'slow-ttfb', attempts: [aDrillAttempt({ isComplete: true })], writesAfterFault: 1 },
      'recovered',
    ],
    [
      'part of an answer happens to show what is expected',
      { fault: 'stream-truncate-clean', attempts: unanswered },
      undefined,
    ],
    [
      'an answer that was cut short came whole otherwise',
      { fault: 'cut-by-length', attempts: [aDrillAttempt({ isComplete: true })] },
      undefined,
    ],
    ['a write came before any answer', { unaskedWrites: 1 }, 'failed-unsafe'],
    ['a write came before any answer, and the run failed', { unaskedWrites: 1, ending: 'failed' }, 'failed-unsafe'],
    ['it shows the answer after words of a broken one', { showsBrokenWords: true }, 'failed-unsafe'],
    [
      'it shows words of a broken answer, and nothing is expected',
      { showsBrokenWords: true, isExpected: undefined },
      'failed-unsafe',
    ],
    [
      'it shows words of a broken answer and says that it is degraded',
      { showsBrokenWords: true, saysDegraded: true },
      'degraded',
    ],
    [
      'it shows words of a broken answer and ends as failed',
      { showsBrokenWords: true, ending: 'failed' },
      'failed-safe',
    ],
    ['it says what every answer says', { saysHandedOff: true, saysAsUsual: true }, 'switched'],
    [
      'it says what every answer says, and nobody answered',
      { saysHandedOff: true, saysAsUsual: true, attempts: unanswered },
      undefined,
    ],
    [
      'it says what every answer says, and nothing else',
      { saysDegraded: true, saysAsUsual: true, isExpected: false },
      undefined,
    ],
    ['nothing is expected', { isExpected: undefined }, undefined],
    ['a wrong answer', { isExpected: false }, 'failed-unsafe'],
    ['a wrong answer that says it is degraded', { isExpected: false, saysDegraded: true }, 'degraded'],
    ['an expected answer that says it is degraded', { saysDegraded: true }, 'degraded'],
    ['an empty answer', { isExpected: undefined, answer: ' \n' }, 'failed-unsafe'],
    ['people take over', { isExpected: false, saysHandedOff: true, attempts: unanswered }, 'handed-off'],
    ['it failed and says that people take over', { ending: 'failed', saysHandedOff: true }, 'failed-safe'],
    ['it failed', { ending: 'failed', isExpected: undefined, answer: undefined }, 'failed-safe'],
    ['it failed after a write', { ending: 'failed', writesAfterFault: 1 }, 'failed-unsafe'],
    ['it hung', { ending: 'timed-out', isExpected: undefined, answer: undefined }, 'hung'],
    ['it hung after a write', { ending: 'timed-out', writesAfterFault: 1 }, 'failed-unsafe'],
    ['a key leaks where nothing met the fault', { leaksKey: true, attempts: [] }, 'failed-unsafe'],
    ['a write was carried out twice for one call', { repeatedWrites: 1 }, 'failed-unsafe'],
    ['a write was carried out once', { repeatedWrites: 0 }, 'switched'],
    [
      'a tool never answered and the answer came all the same',
      { fault: 'tool-commit-timeout', faulted: 1, attempts: [anAnsweredAttempt({ route: 'primary' })] },
      'recovered',
    ],
    ['nothing met the fault', { attempts: [anAnsweredAttempt()] }, 'not-exercised'],
    ['it did not start', { ending: 'not-started' }, 'not-exercised'],
  ])('%s', (_, run, expected) => {
    expect(classOf(run)).toBe(expected);
  });

  it('takes a call of the declared tool for a hand-over, unless a broken answer asks for it', () => {
    const plan = aPlan({ handoff: { queue: 'q', perHour: undefined, withinMs: undefined, tool: 'escalate' } });
    const asks = { requestedTools: ['escalate'], isComplete: true };
    const run = { isExpected: undefined, answer: undefined };
    expect(classOf({ ...run, attempts: [aDrillAttempt(), anAnsweredAttempt(asks)] }, plan)).toBe('handed-off');
    expect(classOf({ ...run, fault: 'tool-args-invalid', attempts: [aDrillAttempt(asks)] }, plan)).toBe(
      'failed-unsafe',
    );
  });

  it('allows one write for a call that is asked for twice', () => {
    const twice = aDrillAttempt({ isComplete: true, requestedTools: ['create_case_note', 'create_case_note'] });
    const run = { fault: 'tool-duplicate', attempts: [twice, anAnsweredAttempt({ route: 'primary' })] };
    expect(classOf({ ...run, writesAfterFault: 1 })).toBe('recovered');
    expect(classOf({ ...run, writesAfterFault: 2 })).toBe('failed-unsafe');
  });

  it('counts attempts of one logical call against the declared repetitions, else against ten', () => {
    const attempts = (n: number, side = 500) => [
      ...Array.from({ length: n }, (_, i) => aDrillAttempt({ atMs: i * side })),
      anAnsweredAttempt({ atMs: 20_000 }),
    ];
    const declared = aPlan({ retries: { model: undefined, total: 2 } });
    expect(classOf({ attempts: attempts(3) }, declared)).toBe('switched');
    expect(classOf({ attempts: attempts(4) }, declared)).toBe('storm');
    expect(classOf({ attempts: attempts(10) })).toBe('switched');
    expect(classOf({ attempts: attempts(11) })).toBe('storm');
    expect(classOf({ attempts: attempts(11, 0) }), 'asked side by side').toBe('switched');
    const repeated = attempts(11, 0).map((attempt) => ({ ...attempt, isRepeat: attempt.isFaulted }));
    expect(classOf({ attempts: repeated }), 'the same asked side by side').toBe('storm');
  });
});

describe('timeToSwitchMs', () => {
  it('runs from the first attempt that met the fault to the end of the first answer of another model', () => {
    expect(timeToSwitchMs(aDrillRun())).toBe(1_200);
    expect(timeToSwitchMs(aDrillRun({ attempts: unanswered }))).toBeUndefined();
    expect(timeToSwitchMs(aDrillRun({ attempts: [anAnsweredAttempt()] }))).toBeUndefined();
  });
});

describe('repetitionsOf', () => {
  it('tells those of the client library from those of the application', () => {
    const repeats = [aDrillAttempt({ isRepeat: true, sdkRetry: 1 }), aDrillAttempt({ isRepeat: true, sdkRetry: 0 })];
    expect(repetitionsOf(aDrillRun({ attempts: [aDrillAttempt(), ...repeats] }))).toEqual({ sdk: 1, application: 1 });
  });
});
