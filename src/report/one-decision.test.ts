import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Finding, OUTCOMES } from '../contract/finding.ts';
import { GATE_IDS, LANES, STAGES } from '../contract/gate.ts';
import type { RunResult } from '../contract/result.ts';
import { aFinding, aPlan, aPopulation } from '../dev/testing/builders.ts';
import { HOSTILE, poisoned } from '../dev/testing/hostile-texts.ts';
import { STORIES } from '../dev/testing/report-stories.ts';
import { aResult } from '../dev/testing/results.ts';
import { renderGithub } from './github.ts';
import { renderHtml } from './html/render-html.ts';
import { renderJson } from './json.ts';
import { renderMarkdown } from './markdown.ts';
import { renderTerminal } from './terminal.ts';

interface Stated {
  readonly decision: string;
  readonly exitCode: number;
}

/** Reads the verdict line; the first capture is the decision, the second the exit code. */
function stated(text: string, line: RegExp): Stated {
  const [, decision = 'none', exitCode] = line.exec(text) ?? [];
  return { decision: decision.toLowerCase(), exitCode: Number(exitCode) };
}

const VERDICT = '(PASS|FAIL|INCONCLUSIVE): stage [a-z]+, lane [a-z-]+, [a-z ]+, [a-z ]+,';

const FORMATS: Readonly<Record<string, (result: RunResult) => Stated>> = {
  json: (result) => JSON.parse(renderJson(result)),
  terminal: (result) =>
    stated(renderTerminal(result, { color: false, width: 120 }), new RegExp(`^  ${VERDICT} exit code (\\d)$`, 'm')),
  markdown: (result) => stated(renderMarkdown(result), new RegExp(`^\\*\\*${VERDICT} exit code (\\d)\\*\\*$`, 'm')),
  github: (result) => stated(renderGithub(result), new RegExp(`^::[^:]*::${VERDICT} exit code (\\d)\\.`)),
  html: (result) => stated(renderHtml(result), new RegExp(`<p class="terms">${VERDICT} exit code (\\d)</p>`)),
};

const anyFinding: fc.Arbitrary<Finding> = fc
  .record({
    gate: fc.constantFrom(...GATE_IDS),
    outcome: fc.constantFrom(...OUTCOMES),
    severity: fc.constantFrom('blocker' as const, 'advisory' as const),
    message: fc.oneof(fc.string(), fc.constantFrom(...HOSTILE)),
  })
  .map((finding) => aFinding({ ...finding, checkId: `${finding.gate}/x` }));
const anyResult: fc.Arbitrary<RunResult> = fc
  .record({
    findings: fc.array(anyFinding, { maxLength: 12 }),
    lane: fc.constantFrom(...LANES),
    stage: fc.constantFrom(...STAGES),
    isDemo: fc.boolean(),
    runs: fc.nat(1),
  })
  .map(({ findings, lane, stage, isDemo, runs }) =>
    aResult({
      findings,
      plan: aPlan({ stage, workload: { ...aPlan().workload, lane, isDemo } }),
      population: aPopulation({ runsByScenario: { summarize: runs } }),
    }),
  );

describe.each(Object.entries(FORMATS))('one decision: %s', (_format, read) => {
  it('states the decision and exit code of the result', () => {
    fc.assert(
      fc.property(anyResult, (result) => {
        expect(read(result)).toMatchObject({ decision: result.decision, exitCode: result.exitCode });
      }),
    );
  });
  it('states them although every text tries to state others', () => {
    for (const story of Object.values(STORIES)) {
      const result = poisoned(story());
      expect(read(result)).toMatchObject({ decision: result.decision, exitCode: result.exitCode });
    }
  });
});
