import { MANIFEST_FILE, RESULTS_FILE, WORKLOAD_MANIFEST_FILE } from './layout.ts';
import type { Bundle } from './read-bundle.ts';
import type { ResultFacts } from './result-facts.ts';

/** in-toto Statement v1. */
export const STATEMENT_TYPE = 'https://in-toto.io/Statement/v1';

/**
 * The project owns no domain and no organisation yet, and a type under somebody else's domain would be theirs to
 * define. in-toto asks of a TypeURI only that it is an RFC 3986 URI and collision-resistant; it may be unresolvable
 * (spec/v1/field_types.md, read 2026-11-21). Any change of what is stated needs a new version here: verification
 * rebuilds the statement and compares the whole.
 */
export const GATE_RESULT_TYPE = 'urn:aigate:attestation:gate-result:v1';
const VERIFIER_ID = 'urn:aigate:verifier:v1';

/** Simple Verification Result. v0.2 requires `verifier.policies`. */
export const RELEASE_TYPE = 'https://in-toto.io/attestation/svr/v0.2';

interface ResourceDescriptor {
  readonly name: string;
  readonly digest: Readonly<Record<string, string>>;
}

export interface Statement {
  readonly _type: typeof STATEMENT_TYPE;
  readonly subject: readonly ResourceDescriptor[];
  readonly predicateType: string;
  readonly predicate: object;
}

/**
 * What was decided, whatever it was. Its only subject is the evidence itself: generic verifiers look at signature and
 * subject but not at our decision, so a signed failure must not have the commit as its subject.
 */
export function gateResultStatement(bundle: Bundle, facts: ResultFacts): Statement {
  const { plan, decision, stage, lane, blocking, releasable, evaluatedAt, tool, runId, gates } = facts;
  const { artifactsDigest, revision, tree, isDirty } = plan.release;
  return {
    _type: STATEMENT_TYPE,
    subject: [{ name: MANIFEST_FILE, digest: { sha256: bundle.manifestSha256 } }],
    predicateType: GATE_RESULT_TYPE,
    predicate: {
      decision,
      stage,
      lane,
      blocking,
      releasable,
      isDemo: plan.workload.isDemo,
      evaluatedAt,
      tool,
      runId,
      workload: plan.workload.name,
      policies: policiesOf(facts),
      manifest: listed(bundle, WORKLOAD_MANIFEST_FILE),
      artifactsDigest,
      source: { gitCommit: revision, gitTree: tree, dirty: isDirty },
      gates,
      results: listed(bundle, RESULTS_FILE),
    },
  };
}

/**
 * That this commit may be released: its existence is the message, so it is undefined for everything that may not.
 * Verifiers accept a statement when ANY one digest of a subject matches; commit and tree are therefore all it has, and
 * what several commits may share (lock file, manifest, prompts) stays in the predicate.
 */
export function releaseStatement(bundle: Bundle, facts: ResultFacts): Statement | undefined {
  const { evaluatedAt, runId, plan } = facts;
  const { revision, tree, isDirty, artifactsDigest } = plan.release;
  if (!facts.releasable || facts.decision !== 'pass' || plan.workload.isDemo) return undefined;
  if (revision === undefined || tree === undefined || isDirty !== false) return undefined;
  return {
    _type: STATEMENT_TYPE,
    subject: [
      { name: 'commit', digest: { gitCommit: revision } },
      { name: 'tree', digest: { gitTree: tree } },
    ],
    predicateType: RELEASE_TYPE,
    predicate: {
      verifier: { id: VERIFIER_ID, policies: policiesOf(facts) },
      timeCreated: evaluatedAt,
      properties: passingProperties(facts),
      aigateEvidence: { runId, manifest: { sha256: bundle.manifestSha256 }, artifactsDigest },
    },
  };
}

/** SVR lists only what passed: a gate that was not applicable proved nothing. */
function passingProperties({ gates, lane, stage }: ResultFacts): string[] {
  const passed = gates.filter(({ outcome }) => outcome === 'pass').map(({ id }) => id);
  return [...passed, `lane-${lane}`, `stage-${stage}`].map(
    (property) => `AIGATE_${property.toUpperCase().replaceAll('-', '_')}`,
  );
}

function policiesOf({ plan }: ResultFacts): ResourceDescriptor[] {
  return plan.policies.map(({ path, sha256 }) => ({ name: path, digest: { sha256 } }));
}

function listed(bundle: Bundle, path: string): ResourceDescriptor {
  return { name: path, digest: { sha256: bundle.entry(path).sha256 } };
}
