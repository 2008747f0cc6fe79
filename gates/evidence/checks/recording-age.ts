import { type CheckResult, defineCheck, OBSERVED_KINDS } from '../../../src/contract/check.ts';
import { maximum } from '../../../src/contract/limit.ts';
import { quantity } from '../../../src/contract/quantity.ts';
import { formatMeasurement, formatNumber, type Measurement } from '../../../src/contract/units.ts';
import { UNSEEN_TIMES } from '../../../src/contract/unseen-times.ts';
import { refsOf, witnessesOf } from '../../../src/contract/witness.ts';
import { CLOCK_SKEW_MS, inDays, showInstant } from '../instants.ts';
import runTimes from '../measures/run-times.ts';

export default defineCheck({
  meta: {
    id: 'evidence/recording-age',
    title: 'The oldest run is recent enough for a release decision',
    severity: 'blocker',
    why: 'Providers change models, traffic changes and data ages: runs of last season describe a workload that is no longer there.',
    remediation: [
      'Record runs of the release within the allowed days before the evaluation.',
      'Leave older recordings out of sources, and correct clocks that run ahead.',
      'Test again.',
    ],
    controls: [
      'NIST-AI-RMF:GOVERN-1.4',
      'NIST-AI-RMF:MEASURE-2.1',
      'ISO-42001:A.6.2.8',
      'EU-AI-ACT:12(2)',
      'DORA:24(5)',
      'SOC2:CC7.2',
    ],
    kinds: OBSERVED_KINDS,
    subject: 'release-stage',
    since: '2026-11-21',
  },
  needs: { runTimes },
  limits: {
    days: maximum({ unit: 'days', fallback: 30, description: 'Age of the oldest run at the time of evaluation' }),
  },
  evaluate({ runTimes: seen }, limits, { plan }): CheckResult {
    const nowMs = Date.parse(plan.evaluatedAt);
    const [newest] = seen.newest;
    if (newest !== undefined && newest.value - nowMs > CLOCK_SKEW_MS) {
      const [measured, limit] = [inDays(newest.value - nowMs), inDays(CLOCK_SKEW_MS)];
      const message = `the newest run ended at ${showInstant(newest.value)}, after the evaluation at ${plan.evaluatedAt}`;
      return {
        outcome: 'fail',
        measured,
        limit,
        n: seen.runs,
        message,
        evidence: witnessesOf(seen.newest.slice(0, 1)),
      };
    }
    const [oldest] = seen.oldest;
    const age = oldest === undefined ? undefined : inDays(Math.max(0, nowMs + oldest.value));
    const limit: Measurement = { value: limits.days, unit: 'days' };
    const compared = { limit, limitName: 'days', n: seen.runs };
    const ageText = (days: Measurement) =>
      `the oldest of ${quantity(seen.runs, 'run')} ended ${formatMeasurement(days, limit)} before the evaluation, limit ${formatMeasurement(limit, limit)}`;
    if (age !== undefined && age.value > limit.value) {
      const evidence = witnessesOf(seen.oldest);
      return { outcome: 'fail', measured: age, ...compared, message: ageText(age), evidence };
    }
    if (age === undefined || seen.untimed > 0) {
      const message = `${formatNumber(seen.untimed)} of ${quantity(seen.runs, 'run')} have no recorded time of their own`;
      return { outcome: 'inconclusive', ...compared, message, missing: UNSEEN_TIMES, evidence: refsOf(seen.untimedAt) };
    }
    const evidence = refsOf(seen.oldest.slice(0, 1));
    return { outcome: 'pass', measured: age, ...compared, message: ageText(age), evidence };
  },
});
