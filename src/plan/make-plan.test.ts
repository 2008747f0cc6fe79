import { describe, expect, it } from 'vitest';
import { AigateError } from '../contract/errors.ts';
import type { Lane } from '../contract/gate.ts';
import { maximum } from '../contract/limit.ts';
import { FAKE_CATALOGUE, fakeCheck } from '../dev/testing/fake-catalogue.ts';
import { aSource, LEAST_MANIFEST } from '../dev/testing/manifest-source.ts';
import { parseManifest } from '../manifest/parse-manifest.ts';
import { parsePolicy } from '../manifest/parse-policy.ts';
import { makePlan } from './make-plan.ts';

const RELEASE = {
  artifactsDigest: `sha256:${'a'.repeat(64)}`,
  revision: undefined,
  tree: undefined,
  isDirty: undefined,
};

interface Given {
  readonly manifest?: string;
  /** Base first; the first is given by flag, the second extended. */
  readonly policies?: readonly string[];
  readonly catalogue?: typeof FAKE_CATALOGUE;
}

function plan({ manifest = '', policies = [], catalogue = FAKE_CATALOGUE }: Given) {
  const text = manifest.startsWith('version:') ? manifest : LEAST_MANIFEST + manifest;
  return makePlan({
    manifest: parseManifest(aSource(text), catalogue),
    policies: policies.map((more, i) =>
      parsePolicy(aSource(`version: 1\n${more}\n`, `policy-${i}.yaml`), i === 0 ? 'flag' : 'extends', catalogue),
    ),
    catalogue,
    release: RELEASE,
    stage: 'release',
    evaluatedAt: '2026-11-21T12:00:00.000Z',
    baseline: undefined,
    whyNotApplicable: () => undefined,
  });
}

function problemsOf(given: Given) {
  try {
    plan(given);
  } catch (cause) {
    if (cause instanceof AigateError) return cause.problems;
    throw cause;
  }
  throw new Error('the plan was made');
}

const checkOf = (given: Given, id: string) => plan(given).checks.find((check) => check.id === id);
const usd = (value: number) => `gates: { cost: { monthly-cost: { usd: ${value} } } }`;
const rate = (value: number) => `gates: { reliability: { availability: { rate: ${value} } } }`;

describe('makePlan and the budget of live runs', () => {
  const live = (budget: string) =>
    `${LEAST_MANIFEST.replace('select:', 'inputs: [x], select:')}live: { command: [node], upstream: { simulated: s.yaml }${budget} }\n`;
  const budgetOf = (manifest: string, ...policies: string[]) => plan({ manifest, policies }).live?.budget;

  it('takes of each limit the lowest that manifest and policies set', () => {
    const manifest = live(', budget: { usd: 5, calls: 100 }');
    expect(budgetOf(manifest)).toEqual({ usd: 5, calls: 100, timeMs: undefined });
    expect(
      budgetOf(manifest, 'live: { budget: { usd: 2, time: 1m } }', 'live: { budget: { calls: 10, time: 2m } }'),
    ).toEqual({
      ...{ usd: 2, calls: 10, timeMs: 60_000 },
    });
    expect(budgetOf(manifest, 'live: { budget: { usd: 9 } }')).toMatchObject({ usd: 5 });
    expect(budgetOf(live(''), 'live: { budget: { usd: 0 } }')).toEqual({ usd: 0, calls: undefined, timeMs: undefined });
    expect(budgetOf(live(''), 'requiredScenarios: []')).toBeUndefined();
  });

  it('runs nothing live because a policy limits it', () => {
    expect(plan({ policies: ['live: { budget: { usd: 2 } }'] }).live).toBeUndefined();
  });
});

describe('makePlan and limits', () => {
  it('leaves out a limit that nobody set and takes a default where there is one', () => {
    expect(checkOf({}, 'cost/monthly-cost')).toMatchObject({ limits: {}, origins: {} });
    expect(checkOf({}, 'reliability/availability')).toMatchObject({
      limits: { rate: 0.9, runs: 10 },
      origins: { rate: { layer: 'default', at: undefined } },
    });
  });

  it('says for each limit which layer set it, and where', () => {
    const given = { manifest: usd(40), policies: [`${usd(50)}\n`, rate(0.95).replace('gates', 'gates')] };
    expect(checkOf(given, 'cost/monthly-cost')).toMatchObject({
      limits: { usd: 40 },
      origins: { usd: { layer: 'manifest', at: 'aigate.yaml:12' } },
    });
    expect(checkOf(given, 'reliability/availability')?.origins).toEqual({
      rate: { layer: 'policy', at: 'policy-1.yaml:2' },
      runs: { layer: 'default', at: undefined },
    });
  });

  it('lets a policy loosen a default, and the manifest then only tighten the policy', () => {
    const given = { policies: [rate(0.5)] };
    expect(checkOf(given, 'reliability/availability')?.limits).toMatchObject({ rate: 0.5 });
    expect(checkOf({ ...given, manifest: rate(0.6) }, 'reliability/availability')?.limits).toMatchObject({ rate: 0.6 });
    expect(problemsOf({ ...given, manifest: rate(0.49) })).toHaveLength(1);
  });

  it('does not let the manifest loosen a default', () => {
    expect(problemsOf({ manifest: rate(0.89) })).toEqual([
      {
        code: 'LIMIT_LOOSENED',
        message: 'gates.reliability.availability.rate: 0.89 is weaker than 0.9, set by the built-in default',
        hint: 'Keep 0.9 or tighten it; a weaker bar is for a policy outside this change to set.',
        file: 'aigate.yaml',
        line: 12,
        column: 47,
      },
    ]);
  });

  it('leaves the bar with whoever set it first when it is only repeated', () => {
    expect(checkOf({ manifest: usd(50), policies: [usd(50)] }, 'cost/monthly-cost')?.origins['usd']?.layer).toBe(
      'policy',
    );
  });

  it('names every loosened limit at once, with both values and both places', () => {
    const manifest = `gates:
  cost: { monthly-cost: { usd: 51 } }
  reliability: { availability: { rate: 0.1 }, latency: p95<9 }
  tool-control: { approvals: { tolerated: [late] } }
`;
    const problems = problemsOf({
      manifest,
      policies: [`gates: { cost: { monthly-cost: { usd: 50 } }, reliability: { latency: { p95: 8 } } }`],
    });
    expect(problems.map(({ line, column, message }) => `${line}:${column} ${message}`)).toEqual([
      '13:32 gates.cost.monthly-cost.usd: 51 is weaker than 50, set by the policy at policy-0.yaml:2',
      '14:56 gates.reliability.latency.p95: 9 is weaker than 8, set by the policy at policy-0.yaml:2',
      '14:40 gates.reliability.availability.rate: 0.1 is weaker than 0.9, set by the built-in default',
      '15:43 gates.tool-control.approvals.tolerated: ["late"] is weaker than [], set by the built-in default',
    ]);
  });

  it('lets a later policy tighten an earlier one and not loosen it', () => {
    expect(checkOf({ policies: [usd(50), usd(40)] }, 'cost/monthly-cost')?.limits).toEqual({ usd: 40 });
    expect(problemsOf({ policies: [usd(50), usd(60)] })).toMatchObject([
      { file: 'policy-1.yaml', code: 'LIMIT_LOOSENED' },
    ]);
    expect(problemsOf({ policies: [rate(0.8), rate(0.7)] })).toHaveLength(1);
  });

  it('does not let a later policy loosen a default that an earlier one repeats', () => {
    expect(problemsOf({ policies: [rate(0.9), rate(0.7)] })).toHaveLength(1);
  });
});

describe('makePlan and rules of policies', () => {
  it('refuses a lane below the lowest', () => {
    const manifest = LEAST_MANIFEST.replace('lane: production', 'lane: experimental');
    expect(problemsOf({ manifest, policies: ['lowestLane: early-access'] })).toMatchObject([
      {
        code: 'LIMIT_LOOSENED',
        line: 5,
        column: 9,
        message: 'workload.lane: experimental is below early-access, the lowest lane of policy-0.yaml',
      },
    ]);
    expect(() => plan({ policies: ['lowestLane: production'] })).not.toThrow();
  });

  it('takes the stricter of two statements whatever their order', () => {
    const [lax, strict] = [
      'catalogue: 2026-01-01\nlowestLane: experimental\nstages: { pr: { inconclusive: report } }\nkinds: { production: [recorded, live] }',
      'catalogue: 2026-11-21\nlowestLane: early-access\nstages: { pr: { inconclusive: block } }\nkinds: { production: [recorded] }',
    ];
    for (const policies of [
      [lax, strict],
      [strict, lax],
    ]) {
      const made = plan({ policies });
      expect(made.rules).toEqual({ pr: { inconclusive: 'block' } });
      expect(made.checks.every(({ kinds }) => kinds.join() === 'recorded')).toBe(true);
      expect(made.checks.every(({ severity }) => severity === 'blocker')).toBe(true);
      const manifest = LEAST_MANIFEST.replace('lane: production', 'lane: experimental');
      expect(problemsOf({ manifest, policies })).toHaveLength(1);
    }
  });

  it('blocks on inconclusive results at pr unless a policy says report', () => {
    expect(plan({}).rules).toEqual({ pr: { inconclusive: 'block' } });
    expect(plan({ policies: ['stages: { pr: { inconclusive: report } }', ''] }).rules.pr.inconclusive).toBe('report');
  });

  it('admits declared runs of a demonstration under a policy from outside only when that policy does', () => {
    const manifest = LEAST_MANIFEST.replace('lane:', 'demo: true\n  lane:');
    const kindsUnder = (policy: string) => plan({ manifest, policies: [policy] }).checks[0]?.kinds;
    expect(kindsUnder('')).not.toContain('declared');
    expect(kindsUnder('kinds: { production: [recorded] }')).not.toContain('declared');
    expect(kindsUnder('kinds: { production: [recorded, declared] }')).toContain('declared');
  });

  it('lets a policy that the manifest names make nothing milder than a silent base leaves it', () => {
    const milder = 'catalogue: 2000-01-01\nstages: { pr: { inconclusive: report } }';
    const made = plan({ policies: ['', milder] });
    expect(made.rules).toEqual({ pr: { inconclusive: 'block' } });
    expect(made.checks.every(({ severity }) => severity === 'blocker')).toBe(true);
  });

  it('counts checks that are newer than the catalogue date as advisory, and says why', () => {
    const old = { policies: ['catalogue: 2026-11-20'] };
    expect(checkOf(old, 'cost/monthly-cost')).toMatchObject({
      severity: 'advisory',
      advisoryBecause: "the check arrived on 2026-11-21, after the policy's catalogue date 2026-11-20",
    });
    const onTheDay = checkOf({ policies: ['catalogue: 2026-11-21'] }, 'cost/monthly-cost');
    expect(onTheDay).toMatchObject({ severity: 'blocker', advisoryBecause: undefined });
    const advisory = [
      fakeCheck('cost/x', { n: maximum({ unit: 'count', description: 'n' }) }, { meta: { severity: 'advisory' } }),
    ];
    expect(checkOf({ ...old, catalogue: advisory }, 'cost/x')).toMatchObject({
      severity: 'advisory',
      advisoryBecause: undefined,
    });
  });

  it.each<[Lane, string]>([
    ['production', 'recorded,live'],
    ['early-access', 'recorded,replayed,live'],
    ['experimental', 'declared,recorded,replayed,simulated,live'],
  ])('admits in %s the kinds that the check names, declared ones only in a demonstration', (lane, kinds) => {
    const manifest = LEAST_MANIFEST.replace('lane: production', `lane: ${lane}`);
    expect(plan({ manifest }).checks[0]?.kinds.join()).toBe(kinds);
    const demo = plan({ manifest: manifest.replace('lane:', 'demo: true\n  lane:') });
    expect(demo.workload.isDemo).toBe(true);
    expect(demo.checks[0]?.kinds).toContain('declared');
    expect(new Set(demo.checks[0]?.kinds).size).toBe(demo.checks[0]?.kinds.length);
  });

  it('carries required scenarios of all policies, each once', () => {
    const policies = ['requiredScenarios: [a, b]', 'requiredScenarios: [b, c]'];
    expect(plan({ policies }).requiredScenarios).toEqual(['a', 'b', 'c']);
  });
});

describe('makePlan', () => {
  it('asks for every check whether it has something to judge', () => {
    const asked: unknown[] = [];
    const made = makePlan({
      manifest: parseManifest(aSource(`${LEAST_MANIFEST}tools: none\n`), FAKE_CATALOGUE),
      policies: [],
      catalogue: FAKE_CATALOGUE,
      release: RELEASE,
      stage: 'pr',
      evaluatedAt: '2026-11-21T12:00:00.000Z',
      baseline: undefined,
      whyNotApplicable: (...facts) => {
        asked.push(facts);
        return 'because';
      },
    });
    expect(asked).toEqual(
      FAKE_CATALOGUE.map(({ meta: { id } }) => [
        'every-workload',
        expect.objectContaining({ tools: 'none', stage: 'pr' }),
        made.checks.find((planned) => planned.id === id)?.origins,
      ]),
    );
    expect(made.checks.every(({ notApplicable }) => notApplicable === 'because')).toBe(true);
  });

  it('holds each text assertion once and labels every expectation', () => {
    const scenario = (id: string, expectations: string) =>
      `  - { id: ${id}, share: 0.5, select: { case: ${id} }, expect: [${expectations}] }\n`;
    const long = 'x'.repeat(100);
    const manifest = LEAST_MANIFEST.replace(
      / {2}- .*\n/,
      () =>
        scenario('a', '{ contains: refund }, { is-json: true }, { tool-called: t }') +
        scenario(
          'b',
          `{ is-json: { type: object } }, { contains: refund }, { not-refusal: true }, { equals: ${long} }`,
        ),
    );
    const { scenarios, assertions } = plan({ manifest });
    expect(assertions.map(({ type }) => type)).toEqual(['contains', 'is-json', 'is-json', 'not-refusal', 'equals']);
    expect(scenarios.map(({ expect }) => expect)).toEqual([
      [
        { type: 'text', assertion: 0, label: 'contains "refund"' },
        { type: 'text', assertion: 1, label: 'is-json' },
        { type: 'tool-called', tool: 't', label: 'tool-called "t"' },
      ],
      [
        { type: 'text', assertion: 2, label: 'is-json with a schema' },
        { type: 'text', assertion: 0, label: 'contains "refund"' },
        { type: 'text', assertion: 3, label: 'not-refusal' },
        { type: 'text', assertion: 4, label: `equals "${'x'.repeat(60)}…"` },
      ],
    ]);
  });

  it('carries what the manifest declares and where the policies came from', () => {
    const made = plan({ manifest: 'retries: { model: 2 }\nevidence: { waivers: waivers/ }\n', policies: ['', ''] });
    expect(made.declaredOnly).toEqual(['evidence.waivers']);
    expect(made.manifestLines['/retries/model']).toBe(12);
    expect(made.policies).toEqual([
      { path: 'policy-0.yaml', sha256: 'd'.repeat(64), via: 'flag' },
      { path: 'policy-1.yaml', sha256: 'd'.repeat(64), via: 'extends' },
    ]);
    expect(made.release).toBe(RELEASE);
  });
});
