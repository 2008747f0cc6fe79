import { defineCheck, OBSERVED_KINDS } from '../../../src/contract/check.ts';
import { LEAST_RATE, minimum } from '../../../src/contract/limit.ts';
import { quantity } from '../../../src/contract/quantity.ts';
import { rateDemand } from '../../../src/contract/statistics/rate-demand.ts';
import { judgeRate } from '../../../src/contract/statistics/rate-verdict.ts';
import { formatNumber } from '../../../src/contract/units.ts';
import { type AnswerEnd, OPEN_ENDS, SILENT_FAILURES } from '../answer-ending.ts';
import { type AnswerTally, asRate, emptyAnswers, mergeAnswers, missingAnswers, runsEnding } from '../answer-tally.ts';
import answers from '../measures/answers.ts';
import { parseRate } from '../rate-shorthand.ts';

export default defineCheck({
  meta: {
    id: 'reliability/answer-completeness',
    title: 'The rate of runs without an error that end with a complete answer is proved to reach its limit',
    severity: 'blocker',
    why: 'A client library reports success for an answer that was cut off, filtered, empty or never given: no error is counted and no retry or fallback reacts, so the user gets half an answer or none.',
    remediation: [
      'Open the runs named here and look at the finish reason of the last model call and at what follows it.',
      'Treat every finish reason but the normal ones as a failure in code: before the answer is parsed, shown or acted upon.',
      'Raise the limit of output tokens or shorten the task where answers are cut; send refused and filtered cases to the fallback or to people.',
      'Answer every tool request, also one that fails, and end the loop with an error rather than without an answer.',
      'Record runs of the changed release and re-run the check.',
    ],
    controls: ['NIST-AI-RMF:MEASURE-2.5', 'ISO-42001:A.6.2.4', 'EU-AI-ACT:15(1)', 'OWASP-ASI:ASI08'],
    kinds: OBSERVED_KINDS,
    subject: 'every-workload',
    since: '2026-11-25',
  },
  needs: { answers },
  limits: {
    rate: minimum({
      unit: 'ratio',
      range: [LEAST_RATE, 1],
      fallback: 0.9,
      description:
        'rate of complete answers among the runs that report no error, 0 to 1, to be proved with 95 % confidence; a run whose recording does not tell counts as incomplete',
    }),
  },
  parseShorthand: (text) => ({ rate: parseRate(text) }),
  samples: ({ rate }) => rateDemand(rate),
  evaluate({ answers: { scenarios: tallies, toolCalls } }, { rate }, { plan: { scenarios } }) {
    const all = Object.values(tallies).reduce(mergeAnswers, emptyAnswers());
    const areToolsRecorded = toolCalls > 0;
    const result = judgeRate({
      tallies: Object.fromEntries(Object.entries(tallies).map(([id, tally]) => [id, asRate(tally, areToolsRecorded)])),
      scenarios,
      rate,
      good: 'ended with a complete answer',
      unknown: 'nothing recorded tells whether the answer is complete',
      missing: missingAnswers(all, areToolsRecorded),
      toleratesUnknown: true,
    });
    return { ...result, message: `${result.message}${listEnds(all)}` };
  },
});

const WORDS: Readonly<Record<Exclude<AnswerEnd, 'complete'>, string>> = {
  cut: 'cut off by a limit of tokens',
  withheld: 'refused or filtered',
  broken: 'broken off or malformed',
  paused: 'paused and not continued',
  empty: 'empty',
  absent: 'no answer after a failed call',
  'tool-failed': 'no answer after a failed tool',
  unanswered: 'a tool request that nothing answers',
  tool: 'a tool call as the last thing that is recorded',
  unrecorded: 'not recorded how it ended',
};

/** `; not complete: empty (3), refused or filtered (1); not counted: 2 runs that ended badly`. */
function listEnds(tally: AnswerTally): string {
  const ends = ([...SILENT_FAILURES, 'unanswered', ...OPEN_ENDS] as const)
    .map((end) => ({ end, runs: runsEnding(tally, [end]) }))
    .filter(({ runs }) => runs > 0)
    .toSorted((a, b) => b.runs - a.runs)
    .map(({ end, runs }) => `${WORDS[end]} (${formatNumber(runs)})`);
  const incomplete = ends.length === 0 ? '' : `; not complete: ${ends.join(', ')}`;
  if (tally.failedRuns === 0) return incomplete;
  return `${incomplete}; not counted: ${quantity(tally.failedRuns, 'run')} that ended badly`;
}
