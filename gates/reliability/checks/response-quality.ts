import { type CheckResult, defineCheck, OBSERVED_KINDS } from '../../../src/contract/check.ts';
import { MISSING_SHOWINGS, missingExpectations } from '../../../src/contract/expectation.ts';
import { LEAST_RATE, minimum } from '../../../src/contract/limit.ts';
import type { PerScenario } from '../../../src/contract/per-scenario.ts';
import type { Scenario } from '../../../src/contract/plan.ts';
import { quantity } from '../../../src/contract/quantity.ts';
import { rateDemand } from '../../../src/contract/statistics/rate-demand.ts';
import { runsOf } from '../../../src/contract/statistics/rate-tally.ts';
import { judgeRate } from '../../../src/contract/statistics/rate-verdict.ts';
import { formatNumber } from '../../../src/contract/units.ts';
import type { ExpectationTally } from '../expectation-tally.ts';
import expectations from '../measures/expectations.ts';
import { parseRate } from '../rate-shorthand.ts';

export default defineCheck({
  meta: {
    id: 'reliability/response-quality',
    title: 'The rate of runs that show all that their scenario expects is proved to reach its limit',
    severity: 'blocker',
    why: 'A wrong, malformed or refused answer arrives with status 200: no error counts it and no retry or fallback reacts, so only its content shows it.',
    remediation: [
      'Open the runs named here and compare their last answer and their tool calls with the expectation that failed most.',
      'Change prompt, tools or model where the run is wrong; change the expectation in the manifest only where the run is right.',
      'Validate structured output before it is used, with at most one repair, and treat a refusal as a failure of the run.',
      'Record runs of the changed release and re-run the check.',
    ],
    controls: [
      'NIST-AI-RMF:MEASURE-2.3',
      'NIST-AI-RMF:MEASURE-2.5',
      'ISO-42001:A.6.2.4',
      'EU-AI-ACT:9(6)',
      'EU-AI-ACT:15(1)',
      'EU-AI-ACT:15(3)',
    ],
    kinds: OBSERVED_KINDS,
    subject: 'every-workload',
    since: '2026-11-21',
  },
  needs: { expectations },
  limits: {
    rate: minimum({
      unit: 'ratio',
      range: [LEAST_RATE, 1],
      description: 'rate of runs that show all that their scenario expects, 0 to 1, to be proved with 95 % confidence',
    }),
  },
  parseShorthand: (text) => ({ rate: parseRate(text) }),
  samples: ({ rate }) => rateDemand(rate),
  evaluate({ expectations: tallies }, { rate }, { plan: { scenarios } }) {
    const result = judgeRate({
      tallies,
      scenarios,
      rate,
      good: 'showed all that was expected',
      unknown: 'no answer text or no tool name that shows what was expected is recorded',
      missing: MISSING_SHOWINGS,
    });
    const unjudged = scenarios.filter(({ expect }) => expect.length === 0);
    if (result.outcome !== 'fail' && unjudged.length > 0) return nothingExpected(unjudged);
    const worst = worstExpectation(tallies, scenarios);
    return worst === undefined ? result : { ...result, message: `${result.message}; unmet most often: ${worst}` };
  },
});

/** Runs of a scenario without expectations say nothing about quality, however many there are. */
function nothingExpected(unjudged: readonly Scenario[]): CheckResult {
  const names = unjudged.map(({ id }) => id).join(', ');
  return {
    outcome: 'inconclusive',
    message: `no expectation is declared for ${unjudged.length === 1 ? 'scenario' : 'scenarios'} ${names}`,
    missing: missingExpectations(unjudged),
    evidence: [],
  };
}

/** The expectation that the largest share of its scenario's runs did not meet; undefined when all were met. */
function worstExpectation(tallies: PerScenario<ExpectationTally>, scenarios: readonly Scenario[]): string | undefined {
  return scenarios
    .flatMap(({ id, expect }) => {
      const tally = tallies[id];
      if (tally === undefined) return [];
      const n = runsOf(tally);
      return expect.map(({ label }, index) => {
        const unmet = tally.unmet[index] ?? 0;
        return {
          share: unmet / Math.max(1, n),
          text: `${label} (${formatNumber(unmet)} of ${quantity(n, 'run')} of scenario ${id})`,
        };
      });
    })
    .filter(({ share }) => share > 0)
    .toSorted((a, b) => b.share - a.share)[0]?.text;
}
