import { AigateError } from '../contract/errors.ts';

/** Clocks of runner and verifier may differ by this much. */
const CLOCK_TOLERANCE_MS = 5 * 60_000;

interface Moment {
  /** ISO 8601, as recorded. */
  readonly evaluatedAt: string;
  /** The verifier's own clock. */
  readonly now: Date;
  /** Undefined: any age is accepted. */
  readonly maxAgeMs: number | undefined;
}

/** @throws AigateError EXPIRED when the evaluation is too old, or more than 5 minutes in the future */
export function verifyFreshness({ evaluatedAt, now, maxAgeMs }: Moment): void {
  const ageMs = now.getTime() - Date.parse(evaluatedAt);
  // Asked this way round so that an age or a maximum that is not a number is refused.
  if (!(ageMs >= -CLOCK_TOLERANCE_MS)) {
    throw new AigateError('EXPIRED', `evaluated at ${evaluatedAt}, which is in the future`, {
      hint: 'Correct the clock of this machine, or of the one that ran the check.',
    });
  }
  if (maxAgeMs === undefined || ageMs <= maxAgeMs) return;
  throw new AigateError('EXPIRED', `evaluated at ${evaluatedAt}: ${ageMs} ms ago, allowed are ${maxAgeMs} ms`, {
    hint: 'Run aigate check again and verify the new bundle.',
  });
}
