import type { KeyObject } from 'node:crypto';
import { AigateError } from '../contract/errors.ts';
import { differences } from './json-difference.ts';
import { GATE_RESULT_ATTESTATION, RELEASE_ATTESTATION } from './layout.ts';
import type { Bundle } from './read-bundle.ts';
import type { ResultFacts } from './result-facts.ts';
import { type Attestation, verifyAttestation } from './sigstore-bundle.ts';
import { gateResultStatement, releaseStatement, type Statement } from './statements.ts';

/** One statement that a bundle calls for, and the attestation found in its place. */
export interface StatementSlot {
  readonly path: string;
  /** Undefined when the results allow no such statement. */
  readonly expected: Statement | undefined;
  /** Undefined when there is none. */
  readonly found: Attestation | undefined;
}

/**
 * Both statements of a bundle, in the order in which they are signed. They follow from the bundle alone, so that
 * verification rebuilds them and compares the whole instead of field by field.
 * @throws AigateError STATEMENT_MISMATCH for a release statement that the results do not allow
 */
export function statementSlots(bundle: Bundle, facts: ResultFacts): readonly [StatementSlot, StatementSlot] {
  const { gateResult, release } = bundle.attestations;
  const expectedRelease = releaseStatement(bundle, facts);
  if (release !== undefined && expectedRelease === undefined) {
    throw new AigateError('STATEMENT_MISMATCH', `${RELEASE_ATTESTATION} is present, but the results allow no release`);
  }
  return [
    { path: GATE_RESULT_ATTESTATION, expected: gateResultStatement(bundle, facts), found: gateResult },
    { path: RELEASE_ATTESTATION, expected: expectedRelease, found: release },
  ];
}

/**
 * Checks that the attestation in a slot is signed by the holder of `publicKey` and states what the bundle gives.
 * False when the slot is empty.
 * @throws AigateError SIGNATURE_…, STATEMENT_INVALID, or STATEMENT_MISMATCH naming the first differences
 */
export function verifySlot({ path, expected, found }: StatementSlot, publicKey: KeyObject): boolean {
  if (expected === undefined || found === undefined) return false;
  const signed = verifyAttestation(found, publicKey, expected.predicateType);
  const faults = differences(signed, expected);
  if (faults.length === 0) return true;
  const where = faults.map(({ pointer, left, right }) => `${pointer} is ${left}, the bundle gives ${right}`).join('; ');
  throw new AigateError('STATEMENT_MISMATCH', `${path}: ${where}`, {
    hint: 'The signature is genuine but was made for another bundle or other results.',
  });
}
