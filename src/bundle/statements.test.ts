import { afterEach, describe, expect, it } from 'vitest';
import type { RunResult } from '../contract/result.ts';
import { aFinding, aPlan } from '../dev/testing/builders.ts';
import { aBundle, type TestBundle } from '../dev/testing/bundles.ts';
import { aResult, passingFindings } from '../dev/testing/results.ts';
import { readBundle } from './read-bundle.ts';
import { readResultFacts } from './result-facts.ts';
import { gateResultStatement, releaseStatement } from './statements.ts';

let test: TestBundle | undefined;
afterEach(() => test?.remove());

async function statementsOf(result: RunResult) {
  test = await aBundle(result);
  const bundle = await readBundle(test.dir);
  const facts = await readResultFacts(bundle);
  return { bundle, gateResult: gateResultStatement(bundle, facts), release: releaseStatement(bundle, facts) };
}

const POLICY = { path: 'policy.yaml', sha256: 'f'.repeat(64), via: 'flag' } as const;
const plan = aPlan({ policies: [POLICY] });

describe('the gate-result statement', () => {
  it('is about the evidence and names the decision and everything it rests on', async () => {
    const { bundle, gateResult } = await statementsOf(aResult({ plan }));
    const counts = { pass: 1, fail: 0, inconclusive: 0, 'not-applicable': 0, error: 0 };
    const gates = ['cost', 'reliability', 'fallback', 'tool-control', 'provider-dependency', 'evidence'];
    expect(gateResult).toEqual({
      _type: 'https://in-toto.io/Statement/v1',
      subject: [{ name: 'manifest.json', digest: { sha256: bundle.manifestSha256 } }],
      predicateType: 'urn:aigate:attestation:gate-result:v1',
      predicate: {
        decision: 'pass',
        stage: 'release',
        lane: 'production',
        blocking: false,
        releasable: true,
        isDemo: false,
        evaluatedAt: plan.evaluatedAt,
        tool: { name: 'aigate', version: '0.1.0' },
        runId: '00000000-0000-4000-8000-000000000000',
        workload: 'fraud-review',
        policies: [{ name: 'policy.yaml', digest: { sha256: POLICY.sha256 } }],
        manifest: { name: 'files/manifest.yaml', digest: { sha256: bundle.entry('files/manifest.yaml').sha256 } },
        artifactsDigest: plan.release.artifactsDigest,
        source: { gitCommit: plan.release.revision, gitTree: plan.release.tree, dirty: false },
        gates: gates.map((id) => ({ id, outcome: 'pass', counts })),
        results: { name: 'files/results.json', digest: { sha256: bundle.entry('files/results.json').sha256 } },
      },
    });
  });

  it('never has the commit as its subject, so that a signed failure proves nothing about it', async () => {
    const findings = [...passingFindings(), aFinding({ outcome: 'fail' })];
    const { gateResult } = await statementsOf(aResult({ plan, findings }));
    expect(gateResult.subject.map(({ name }) => name)).toEqual(['manifest.json']);
    expect(gateResult.predicate).toMatchObject({ decision: 'fail', blocking: true, releasable: false });
  });
});

describe('the release statement', () => {
  it('has commit and tree as its only subjects and lists what passed', async () => {
    const { bundle, release } = await statementsOf(aResult({ plan }));
    expect(release).toEqual({
      _type: 'https://in-toto.io/Statement/v1',
      subject: [
        { name: 'commit', digest: { gitCommit: plan.release.revision } },
        { name: 'tree', digest: { gitTree: plan.release.tree } },
      ],
      predicateType: 'https://in-toto.io/attestation/svr/v0.2',
      predicate: {
        verifier: {
          id: 'urn:aigate:verifier:v1',
          policies: [{ name: 'policy.yaml', digest: { sha256: POLICY.sha256 } }],
        },
        timeCreated: plan.evaluatedAt,
        properties: [
          'AIGATE_COST',
          'AIGATE_RELIABILITY',
          'AIGATE_FALLBACK',
          'AIGATE_TOOL_CONTROL',
          'AIGATE_PROVIDER_DEPENDENCY',
          'AIGATE_EVIDENCE',
          'AIGATE_LANE_PRODUCTION',
          'AIGATE_STAGE_RELEASE',
        ],
        aigateEvidence: {
          runId: '00000000-0000-4000-8000-000000000000',
          manifest: { sha256: bundle.manifestSha256 },
          artifactsDigest: plan.release.artifactsDigest,
        },
      },
    });
  });

  it('leaves out a gate that was not applicable', async () => {
    const findings = passingFindings().map((finding) =>
      finding.gate === 'fallback' ? { ...finding, outcome: 'not-applicable' as const } : finding,
    );
    const { release } = await statementsOf(aResult({ plan, findings }));
    expect(release?.predicate).toMatchObject({ properties: expect.not.arrayContaining(['AIGATE_FALLBACK']) });
  });

  const lying: Partial<RunResult> = { releasable: true };
  it.each<[string, RunResult]>([
    ['fails', aResult({ findings: [...passingFindings(), aFinding({ outcome: 'fail' })] })],
    ['is inconclusive', aResult({ findings: [] })],
    ['fails and claims to be releasable', { ...aResult({ findings: [aFinding({ outcome: 'fail' })] }), ...lying }],
    [
      'is a demonstration',
      { ...aResult({ plan: { ...plan, workload: { ...plan.workload, isDemo: true } } }), ...lying },
    ],
    [
      'has no commit',
      { ...aResult({ plan: { ...plan, release: { ...plan.release, revision: undefined } } }), ...lying },
    ],
    ['has no tree', { ...aResult({ plan: { ...plan, release: { ...plan.release, tree: undefined } } }), ...lying }],
    ['has changes', { ...aResult({ plan: { ...plan, release: { ...plan.release, isDirty: true } } }), ...lying }],
    [
      'may have changes',
      { ...aResult({ plan: { ...plan, release: { ...plan.release, isDirty: undefined } } }), ...lying },
    ],
  ])('does not exist for a result that %s', async (_, result) => {
    expect((await statementsOf(result)).release).toBeUndefined();
  });
});

describe('the results a statement rests on', () => {
  it.each<[string, object]>([
    ['lack a gate', { gates: aResult().gates.slice(1) }],
    ['hold a gate twice', { gates: [...aResult().gates, ...aResult().gates.slice(0, 1)] }],
    ['hold an unknown decision', { decision: 'pass-ish' }],
    ['hold a decision of the wrong type', { decision: ['pass'] }],
    ['lack the word on releasing', { releasable: undefined }],
    ['hold a commit that is not hexadecimal', { plan: { ...plan, release: { ...plan.release, revision: 'main' } } }],
    ['hold a time that is none', { evaluatedAt: 'yesterday' }],
    ['hold a time without a zone', { evaluatedAt: '2026-11-16T12:00:00' }],
    ['are of another schema', { schemaVersion: 2 }],
    ['are no object', {}],
  ])('are refused when they %s', async (name, overrides) => {
    test = await aBundle();
    const altered = name === 'are no object' ? [] : { ...aResult(), ...overrides };
    await test.write('files/results.json', JSON.stringify(altered));
    await test.relist();
    const bundle = await readBundle(test.dir);
    await expect(readResultFacts(bundle)).rejects.toMatchObject({ code: 'BUNDLE_UNREADABLE' });
  });

  it('are refused when they belong to another run', async () => {
    test = await aBundle();
    await test.write('files/results.json', JSON.stringify({ ...aResult(), runId: 'another' }));
    await test.relist();
    await expect(readResultFacts(await readBundle(test.dir))).rejects.toMatchObject({
      code: 'BUNDLE_UNREADABLE',
      message: expect.stringContaining('belongs to run another'),
    });
  });
});
