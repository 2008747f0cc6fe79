import { describe, expect, it } from 'vitest';
import { FAKE_CATALOGUE } from '../dev/testing/fake-catalogue.ts';
import { aSource, LEAST_MANIFEST } from '../dev/testing/manifest-source.ts';
import { parseManifest } from './parse-manifest.ts';

const parse = (text: string) => parseManifest(aSource(text), FAKE_CATALOGUE);
const parseWith = (more: string) => parse(`${LEAST_MANIFEST}${more}`);

describe('parseManifest', () => {
  it('tells what is absent from what is empty', () => {
    expect(parse(LEAST_MANIFEST)).toMatchObject({
      path: 'aigate.yaml',
      sha256: 'd'.repeat(64),
      extends: [],
      workload: {
        name: 'fraud-review',
        owner: 'payments-risk',
        lane: 'production',
        autonomy: 'execute-with-approval',
        isDemo: false,
      },
      artifacts: [],
      code: [],
      models: { primary: { provider: 'anthropic', model: 'claude-sonnet-4-5', cloud: undefined }, fallback: [] },
      timeouts: { modelMs: undefined, toolMs: undefined, runMs: undefined },
      monthlyRuns: { expected: 1000, low: undefined, high: undefined },
      tools: undefined,
      sources: [],
      scenarios: [{ id: 'summarize', share: 1, critical: false, select: { 'aigate.case': 'summarize' }, expect: [] }],
      checks: {},
      evidence: { riskOwner: undefined, runbook: undefined, monitors: undefined },
      declaredOnly: [],
      lanePosition: { file: 'aigate.yaml', line: 5, column: 9 },
    });
    expect(parseWith('evidence: { monitors: [] }\ntools: none\n')).toMatchObject({
      evidence: { monitors: [] },
      tools: 'none',
    });
  });

  it('reads the example of the design and lists what nothing judges yet', () => {
    const manifest = parse(DESIGN_EXAMPLE);
    expect(manifest).toMatchObject({
      extends: ['../policy.yaml'],
      artifacts: ['prompts/**', 'skills/**', 'tools/*.json'],
      code: ['src/**'],
      models: { fallback: [{ provider: 'openai', account: 'prod-dr' }] },
      dependencies: [{ name: 'case-store', kind: 'saas', vendor: 'acme', critical: true, alternative: undefined }],
      timeouts: { modelMs: 20_000, toolMs: 10_000, runMs: 60_000 },
      monthlyRuns: { expected: 120_000, low: 90_000, high: 150_000 },
      tools: {
        create_case_note: {
          effect: 'write',
          approve: 'always',
          rules: [{ kind: 'argument', arg: 'note', op: 'max_length', value: 2_000 }],
          undo: { tool: 'delete_case_note' },
        },
      },
      sources: [{ origin: 'production', window: ['2026-11-10', '2026-11-17'], sampling: 'none' }],
    });
    expect(manifest.declaredOnly).toEqual(['evidence.waivers']);
  });

  it.each([
    ['500ms', 500],
    ['20s', 20_000],
    ['10m', 600_000],
    ['1h', 3_600_000],
  ])('reads the duration %s', (text, ms) => {
    expect(parseWith(`timeouts: { model: ${text} }\n`).timeouts.modelMs).toBe(ms);
  });

  it.each([
    ['read', 'execute-with-approval', undefined, 'never'],
    ['read', 'autonomous', 'always', 'always'],
    ['write', 'suggest', undefined, 'always'],
    ['write', 'draft', undefined, 'always'],
    ['write', 'execute-with-approval', undefined, 'always'],
    ['write', 'autonomous', undefined, 'always'],
    ['write', 'autonomous', 'never', 'never'],
    ['irreversible', 'autonomous', undefined, 'always'],
  ])('a tool that can %s under %s with approve %s needs approval %s', (effect, autonomy, approve, needed) => {
    const text = LEAST_MANIFEST.replace('execute-with-approval', autonomy);
    const stated = approve === undefined ? '' : `, approve: ${approve}`;
    expect(parse(`${text}tools: { t: { effect: ${effect}${stated} } }\n`).tools).toEqual({
      t: { effect, approve: needed },
    });
  });

  it('reads every expectation', () => {
    const expectations = `[{ equals: '' }, { contains: a }, { icontains: b }, { not-contains: c }, { regex: '^\\d+$' },
      { is-json: true }, { is-json: { type: object } }, { is-refusal: true }, { not-refusal: true }, { tool-called: t }]`;
    const text = LEAST_MANIFEST.replace('select:', () => `expect: ${expectations}, select:`);
    expect(parse(text).scenarios[0]?.expect).toEqual([
      { type: 'equals', value: '' },
      { type: 'contains', value: 'a' },
      { type: 'icontains', value: 'b' },
      { type: 'not-contains', value: 'c' },
      { type: 'regex', value: '^\\d+$' },
      { type: 'is-json', schema: undefined },
      { type: 'is-json', schema: { type: 'object' } },
      { type: 'is-refusal' },
      { type: 'not-refusal' },
      { type: 'tool-called', value: 't' },
    ]);
  });

  it.each(['(?i)paid in full', 'a(?i:b)c', '(?i)(?s)a.b', '(?-i)A'])('takes %s with the flags of RE2', (regex) => {
    const text = LEAST_MANIFEST.replace('select:', () => `expect: [{ regex: '${regex}' }], select:`);
    expect(parse(text).scenarios[0]?.expect).toEqual([{ type: 'regex', value: regex }]);
  });

  it('reads time limits as numbers of ms and in words', () => {
    const { checks } = parseWith('gates:\n  reliability: { latency: { p95: 8s, p99: 9500 } }\n');
    expect(checks['reliability/latency']?.values).toEqual({ p95: 8_000, p99: 9_500 });
  });

  it('reads limits as maps and in their short form, each with its place', () => {
    const { checks } = parseWith(`gates:
  reliability:
    latency: p95<8000
    availability: { rate: 0.99 }
`);
    expect(checks).toEqual({
      'reliability/latency': {
        values: { p95: 8000 },
        positions: { p95: { file: 'aigate.yaml', line: 14, column: 14 } },
        position: { file: 'aigate.yaml', line: 14, column: 5 },
      },
      'reliability/availability': {
        values: { rate: 0.99 },
        positions: { rate: { file: 'aigate.yaml', line: 15, column: 27 } },
        position: { file: 'aigate.yaml', line: 15, column: 5 },
      },
    });
  });

  it('knows the line of every value by JSON pointer', () => {
    const { lines } = parseWith('tools:\n  a/b~c: { effect: read }\n');
    expect(lines).toMatchObject({
      '': 1,
      '/workload': 2,
      '/workload/lane': 5,
      '/scenarios/0': 11,
      '/scenarios/0/select/aigate.case': 11,
      '/tools/a~1b~0c/effect': 13,
    });
  });

  it('accepts shares that sum to 1 but for the rounding of decimals', () => {
    const shares = Array.from({ length: 10 }, (_, i) => `  - { id: s${i}, share: 0.1, select: { case: s${i} } }\n`);
    const text = LEAST_MANIFEST.replace(/ {2}- .*\n/, shares.join(''));
    expect(parse(text).scenarios).toHaveLength(10);
  });

  it('reads values that an alias repeats', () => {
    const text = LEAST_MANIFEST.replace('primary: {', 'primary: &model {').replace(
      'traffic:',
      '  fallback: *model\ntraffic:',
    );
    const { models, lines } = parse(text);
    expect(models.fallback).toEqual([models.primary]);
    expect(lines['/models/fallback/provider']).toBe(8);
  });
});

const DESIGN_EXAMPLE = `# yaml-language-server: $schema=…
version: 1
extends: ../policy.yaml
workload:
  name: fraud-review-assistant
  owner: payments-risk
  lane: production
  autonomy: execute-with-approval
  identity: { principal: svc-fraud-review, credentials: { source: oidc, maxTtl: 15m } }
  artifacts: [prompts/**, skills/**, tools/*.json]
  code: [src/**]
models:
  primary:  { provider: anthropic, model: claude-sonnet-4-5, cloud: aws, region: us-east-1, account: prod }
  fallback: [{ provider: openai, model: gpt-4.1, cloud: azure, region: eastus, account: prod-dr }]
dependencies: [{ name: case-store, kind: saas, vendor: acme, critical: true }]
knowledge:    [{ name: fraud-policy, path: kb/**, maxAge: 90d, cited: true }]
handoff:      { queue: analysts, perHour: 40, within: 30m }
timeouts: { model: 20s, tool: 10s, run: 60s }
retries:  { model: 2, total: 4 }
traffic:  { monthlyRuns: { expected: 120000, low: 90000, high: 150000 }, peakPerSecond: 3 }
tools:
  create_case_note: { effect: write, args: { note: { max_length: 2000 } }, approve: always, undo: delete_case_note }
sources:
  - { recording: traces/prod-week-47.jsonl.gz, origin: production, window: 2026-11-10/2026-11-17, sampling: none }
scenarios:
  - { id: summarize, share: 0.7, critical: true, select: { aigate.case: summarize }, expect: [ { contains: 'Risk:' } ] }
  - { id: escalate,  share: 0.3, select: { aigate.case: escalate },  expect: [ { tool-called: create_case_note } ] }
gates:
  cost: { monthly-cost: { usd: 9000 } }
  reliability: { latency: "p95<8000", availability: { rate: 0.995 } }
evidence: { riskOwner: head-of-risk, runbook: runbook.md, monitors: [ { name: n, signal: s, alert: a } ], waivers: waivers/ }
`;
