import { type CheckResult, defineCheck, OBSERVED_KINDS } from '../../../src/contract/check.ts';
import { exceptions, maximum } from '../../../src/contract/limit.ts';
import type { MissingInput } from '../../../src/contract/measure.ts';
import { quantity } from '../../../src/contract/quantity.ts';
import { refsOf, type Witness, witnessesOf } from '../../../src/contract/witness.ts';
import { missingLabels } from '../labels.ts';
import answeredFallbacks, { type AnsweredFallbacks } from '../measures/answered-fallbacks.ts';
import { describePoints, findSinglePoints, type SinglePoint } from '../single-points.ts';
import { UNSEEN_FAILURES } from '../unseen-failures.ts';

export default defineCheck({
  meta: {
    id: 'provider-dependency/single-points-of-failure',
    title: 'No single model, provider, cloud, region, account, gateway or dependency can stop the workload',
    severity: 'blocker',
    why: 'When everything rests on one provider, region or account, its outage, its price change or its decision to end the contract stops the business process, and there is nothing to switch to.',
    remediation: [
      'Declare a fallback that differs from the primary in the named points, and label every route with cloud, region, account and gateway (gateway: none where there is none).',
      'Declare an alternative for each named dependency.',
      'Make the primary fail on purpose, record how the fallback answers, and test again.',
    ],
    controls: [
      'NIST-AI-RMF:GOVERN-6.1',
      'NIST-AI-RMF:MAP-4.1',
      'NIST-AI-RMF:MANAGE-3.1',
      'ISO-42001:A.10.2',
      'ISO-42001:A.10.3',
      'DORA:10(1)',
      'DORA:29(1)',
      'SOC2:CC9.2',
      'OWASP-ASI:ASI04',
    ],
    kinds: OBSERVED_KINDS,
    subject: 'every-workload',
    since: '2026-11-21',
  },
  needs: { answeredFallbacks },
  limits: {
    tolerated: exceptions({
      values: ['model', 'provider', 'cloud', 'region', 'account', 'gateway', 'dependency'],
      description: 'Kinds of single points that are accepted and not counted',
    }),
    count: maximum({ unit: 'count', isInteger: true, fallback: 0, description: 'Single points of failure' }),
  },
  evaluate({ answeredFallbacks: seen }, limits, { plan }): CheckResult {
    const hasAnswered = seen.fallbacks.map(({ runs }) => runs > 0);
    const points = findSinglePoints(plan, hasAnswered).filter(({ kind }) => !limits.tolerated.includes(kind));
    const certain = points.filter(({ state }) => state === 'certain');
    const open = points.filter(({ state }) => state !== 'certain');
    const compared = {
      measured: { value: certain.length, unit: 'count' },
      limit: { value: limits.count, unit: 'count' },
      limitName: 'count',
      n: seen.runs,
    } as const;
    if (certain.length > limits.count) {
      const also = open.length > 0 ? `; not shown to be independent: ${describePoints(open)}` : '';
      const message = `${quantity(certain.length, 'single point')} of failure: ${describePoints(certain)}${also}`;
      return { outcome: 'fail', ...compared, message, evidence: witnessesOf(placesOf(certain)) };
    }
    const [unproven] = open;
    if (unproven !== undefined) {
      const message = `not shown to be independent: ${describePoints(open)}`;
      const evidence = refsOf(placesOf(open));
      return { outcome: 'inconclusive', ...compared, message, missing: missingFor(unproven), evidence };
    }
    const evidence = refsOf(seen.fallbacks.flatMap(({ witnesses }) => witnesses));
    return { outcome: 'pass', ...compared, message: passMessage(seen, certain), evidence };
  },
});

function placesOf(points: readonly SinglePoint[]): Witness[] {
  return points.flatMap(({ refs }) => refs.map((ref) => ({ value: 0, ref })));
}

function missingFor({ state, reason }: SinglePoint): MissingInput {
  return state === 'not-labelled' ? missingLabels(reason) : UNSEEN_FAILURES;
}

function passMessage({ runs, fallbacks }: AnsweredFallbacks, accepted: readonly SinglePoint[]): string {
  const answered = fallbacks.reduce((sum, fallback) => sum + fallback.runs, 0);
  const named = accepted.length > 0 ? `: ${describePoints(accepted)}` : '';
  return `${quantity(accepted.length, 'single point')} of failure${named}; fallbacks answered after a failure of the primary ${quantity(answered, 'time')} in ${quantity(runs, 'run')}`;
}
