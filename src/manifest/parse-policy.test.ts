import { describe, expect, it } from 'vitest';
import { AigateError } from '../contract/errors.ts';
import { FAKE_CATALOGUE } from '../dev/testing/fake-catalogue.ts';
import { aSource } from '../dev/testing/manifest-source.ts';
import { parsePolicy } from './parse-policy.ts';

const parse = (text: string) => parsePolicy(aSource(text, 'policy.yaml'), 'flag', FAKE_CATALOGUE);

function problemsOf(text: string) {
  try {
    parse(text);
  } catch (cause) {
    if (cause instanceof AigateError) return cause.problems.map((p) => [`${p.line}:${p.column} ${p.message}`, p.hint]);
    throw cause;
  }
  throw new Error('the policy was accepted');
}

describe('parsePolicy', () => {
  it('says nothing where nothing is written', () => {
    expect(parse('version: 1\n')).toEqual({
      path: 'policy.yaml',
      sha256: 'd'.repeat(64),
      via: 'flag',
      catalogue: undefined,
      lowestLane: undefined,
      checks: {},
      kinds: {},
      rules: undefined,
      requiredScenarios: [],
    });
  });

  it('reads every key', () => {
    const policy = parse(`version: 1
catalogue: 2026-11-21
lowestLane: early-access
gates: { cost: { monthly-cost: { usd: 50 } } }
kinds: { production: [recorded, live] }
stages: { pr: { inconclusive: report } }
requiredScenarios: [summarize]
`);
    expect(policy).toMatchObject({
      catalogue: '2026-11-21',
      lowestLane: 'early-access',
      checks: { 'cost/monthly-cost': { values: { usd: 50 }, positions: { usd: { file: 'policy.yaml', line: 4 } } } },
      kinds: { production: ['recorded', 'live'] },
      rules: { pr: { inconclusive: 'report' } },
      requiredScenarios: ['summarize'],
    });
  });

  it('does not extend another policy', () => {
    expect(problemsOf('version: 1\nextends: base.yaml\n')[0]?.[0]).toBe('2:1 extends: unknown key "extends"');
  });

  it.each([
    ['catalogue: tomorrow', '2:12 catalogue: expected a date such as 2026-11-21, got "tomorrow"'],
    ['catalogue: 2026-02-30', '2:12 catalogue: expected a date such as 2026-11-21, got "2026-02-30"'],
    [
      'kinds: { production: [life] }',
      '2:23 kinds.production[0]: expected declared, inspected, recorded, replayed, simulated or live, got "life"',
    ],
    ['stages: { release: {} }', '2:11 stages.release: unknown key "release"'],
    ['stages: { pr: { inconclusive: pass } }', '2:31 stages.pr.inconclusive: expected block or report, got "pass"'],
    ['lowestLane: none', '2:13 lowestLane: expected experimental, early-access or production, got "none"'],
  ])('refuses %s', (text, said) => {
    expect(problemsOf(`version: 1\n${text}\n`)[0]?.[0]).toBe(said);
  });
});
