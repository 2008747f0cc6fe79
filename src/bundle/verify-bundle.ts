import type { KeyObject } from 'node:crypto';
import { resolve } from 'node:path';
import { AigateError } from '../contract/errors.ts';
import type { Decision } from '../contract/result.ts';
import { verifyFreshness } from './freshness.ts';
import { keyHint } from './keys.ts';
import { type Pins, verifyPins } from './pins.ts';
import { type Bundle, readBundle } from './read-bundle.ts';
import { type ResultFacts, readResultFacts } from './result-facts.ts';
import { statementSlots, verifySlot } from './verify-attestations.ts';
import { type Recompute, type Recomputed, verifyVerdict } from './verify-verdict.ts';

export type { Pins, Recompute, Recomputed };

export interface VerifyRequest {
  readonly dir: string;
  /** The key the caller trusts; undefined only together with `allowUnsigned`. */
  readonly publicKey: KeyObject | undefined;
  readonly pins: Pins;
  readonly now: Date;
  /** Version that recomputes; another version may judge differently. */
  readonly engineVersion: string;
  readonly allowDemo: boolean;
  /** Accepts a bundle without a signature, and without a key one whose signature nobody checks. */
  readonly allowUnsigned: boolean;
  readonly recompute: Recompute;
}

/** An authentic and consistent bundle, whatever it decided. */
export interface Verification {
  readonly decision: Decision;
  readonly workload: string;
  readonly runId: string;
  readonly isDemo: boolean;
  /** Whether the signature was checked. */
  readonly isSigned: boolean;
  /** Hint of the key that verified: base64(sha256(SPKI DER)); null when the signature was not checked. */
  readonly signer: string | null;
  readonly checked: readonly string[];
  /** What the caller did not pin: nothing is known about these. */
  readonly notChecked: readonly string[];
  readonly recomputedFrom: Recomputed['from'];
}

/**
 * Says whether a bundle is intact, signed by the trusted key, about what the caller pinned, and consistent with its
 * own evidence. Everything that is expected comes from the caller, nothing from the bundle.
 * @throws AigateError with one of the bundle codes, or KEY_UNUSABLE
 */
export async function verifyBundle(request: VerifyRequest): Promise<Verification> {
  const bundle = await readBundle(resolve(request.dir));
  const facts = await readResultFacts(bundle);
  const signed = verifySignatures(bundle, facts, request);
  const { workload } = facts.plan;
  if (workload.isDemo && !request.allowDemo) refuseDemo();
  const pins = verifyPins(bundle, facts, request.pins);
  const { maxAgeMs } = request.pins;
  verifyFreshness({ evaluatedAt: facts.evaluatedAt, now: request.now, maxAgeMs });
  verifyEngine(facts.tool.version, request.engineVersion);
  const recomputedFrom = await verifyVerdict(bundle, request.recompute);
  const isAgeChecked = maxAgeMs !== undefined;
  return {
    decision: facts.decision,
    workload: workload.name,
    runId: facts.runId,
    isDemo: workload.isDemo,
    isSigned: signed.length > 0,
    signer: signed.length > 0 && request.publicKey !== undefined ? keyHint(request.publicKey) : null,
    checked: ['files', ...signed, ...pins.checked, ...(isAgeChecked ? ['age'] : []), 'engine version', 'verdict'],
    notChecked: [
      ...(signed.length > 0 ? [] : ['signature']),
      ...(facts.releasable && !signed.includes('release statement') ? ['release statement (absent)'] : []),
      ...pins.notChecked,
      ...(isAgeChecked ? [] : ['age']),
    ],
    recomputedFrom,
  };
}

/** Names of what the signatures prove; empty for a bundle that is accepted unsigned. */
function verifySignatures(bundle: Bundle, facts: ResultFacts, request: VerifyRequest): string[] {
  const [gateResult, release] = statementSlots(bundle, facts);
  const { publicKey, allowUnsigned } = request;
  const isStripped = gateResult.found === undefined && release.found !== undefined;
  if (gateResult.found === undefined && (isStripped || !allowUnsigned)) {
    throw new AigateError('SIGNATURE_MISSING', `the bundle has no ${gateResult.path}`, {
      hint: 'Sign it with aigate sign, or check its content only with --allow-unsigned.',
    });
  }
  if (publicKey === undefined) {
    if (allowUnsigned) return [];
    throw new AigateError('KEY_UNUSABLE', 'no public key was given, so the signature proves nothing', {
      hint: 'Name the key you trust with --key, or check the content only with --allow-unsigned.',
    });
  }
  const isSigned = verifySlot(gateResult, publicKey);
  const isRelease = verifySlot(release, publicKey);
  return [...(isSigned ? ['signature', 'statement'] : []), ...(isRelease ? ['release statement'] : [])];
}

function refuseDemo(): never {
  throw new AigateError('DEMO_BUNDLE', 'the workload is a demonstration: its runs were made up', {
    hint: 'Never release on this. To look at the demonstration, add --allow-demo.',
  });
}

function verifyEngine(written: string, running: string): void {
  if (written === running) return;
  throw new AigateError('ENGINE_VERSION', `written by aigate ${written}, this is aigate ${running}`, {
    hint: `Verify it with aigate ${written}.`,
  });
}
