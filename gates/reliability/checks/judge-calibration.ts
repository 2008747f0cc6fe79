import { type CheckResult, defineCheck, JUDGED_KINDS } from '../../../src/contract/check.ts';
import { LEAST_RATE, minimum } from '../../../src/contract/limit.ts';
import { showName } from '../../../src/contract/name-counts.ts';
import { quantity } from '../../../src/contract/quantity.ts';
import { runsToProve } from '../../../src/contract/statistics/binomial.ts';
import { formatMeasurement, formatNumber, type Measurement } from '../../../src/contract/units.ts';
import { type Agreement, agreements } from '../judge-agreement.ts';

export default defineCheck({
  meta: {
    id: 'reliability/judge-calibration',
    title: 'The judge is proved to agree with people, on good answers and on bad ones',
    severity: 'blocker',
    why: 'A judge model has the weaknesses of the model that it judges: without answers that people have labelled, nobody knows whether its verdicts are worth more than a coin, and they pass what they should stop.',
    remediation: [
      'Read the items named here on which judge and people differ: correct a label that is wrong, and a rule that can be read in two ways.',
      'Choose a stronger judge, of another family than the model that is judged.',
      'Label more answers of both kinds, and run the check again.',
    ],
    controls: [
      'NIST-AI-RMF:MEASURE-2.1',
      'NIST-AI-RMF:MEASURE-2.13',
      'ISO-42001:A.6.2.4',
      'EU-AI-ACT:15(1)',
      'SOC2:CC4.1',
    ],
    kinds: JUDGED_KINDS,
    subject: 'judge',
    since: '2026-11-25',
  },
  needs: {},
  limits: {
    agreement: minimum({
      unit: 'ratio',
      range: [LEAST_RATE, 1],
      fallback: 0.8,
      description:
        'share of labelled items on which the judge says what people say, to be proved with 95 % confidence for each label by itself; an answer that is neither word counts as a disagreement',
    }),
  },
  calibration: true,
  samples: ({ agreement }) => [
    {
      kind: 'count',
      claim: `agreement>=${agreement} for each label`,
      unit: 'tasks',
      per: 'workload',
      least: 2 * runsToProve(agreement),
    },
  ],
  evaluate(_seen, { agreement }, { calibration }): CheckResult {
    if (calibration === undefined) throw new Error('the engine judges nothing without a calibration');
    const limit: Measurement = { value: agreement, unit: 'ratio' };
    const by = agreements(calibration);
    const worst = by.reduce((least, next) => (next.lower < least.lower ? next : least));
    const failed = by.filter(({ upper }) => upper < agreement).sort((a, b) => a.upper - b.upper)[0];
    const judge = `${showName(calibration.model)} of ${showName(calibration.provider)}`;
    const n = calibration.items.length;
    const counts = by.map(describe).join(', ');
    const decisive = failed ?? worst;
    const measured: Measurement = { value: failed === undefined ? worst.lower : failed.upper, unit: 'ratio' };
    const compared = { measured, limit, limitName: 'agreement', n } as const;
    const bound = `${failed === undefined ? 'at least' : 'at most'} ${formatMeasurement(measured, limit)}`;
    const message = `${judge} agrees with people on ${counts}: ${bound} on answers labelled ${decisive.label} with 95 % confidence, limit ${formatMeasurement(limit, limit)}`;
    const [first, ...more] = decisive.disagreements.slice(0, 5).map(({ ref }) => ref);
    if (failed !== undefined && first !== undefined) {
      return { outcome: 'fail', ...compared, message, evidence: [first, ...more] };
    }
    const evidence = first === undefined ? [] : [first, ...more];
    if (worst.lower >= agreement) return { outcome: 'pass', ...compared, message, evidence };
    const leftOut =
      calibration.leftOut === 0
        ? ''
        : `; ${quantity(calibration.leftOut, 'item')} without an answer (budget or provider)`;
    const needed = `${quantity(runsToProve(agreement), 'answer')} of each label without a disagreement`;
    return {
      outcome: 'inconclusive',
      ...compared,
      message: `${message}; ${needed} would prove it${leftOut}`,
      missing: {
        input: 'enough answers that people have labelled',
        remedy: `Add labelled items to ${showName(calibration.path)} until both labels have at least ${formatNumber(runsToProve(agreement))}.`,
      },
      evidence,
    };
  },
});

/** `28 of 30 labelled pass`. */
function describe({ agreed, n, label }: Agreement): string {
  return `${formatNumber(agreed)} of ${formatNumber(n)} labelled ${label}`;
}
