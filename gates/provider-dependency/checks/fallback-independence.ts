import { type CheckResult, defineCheck, OBSERVED_KINDS } from '../../../src/contract/check.ts';
import { exceptions } from '../../../src/contract/limit.ts';
import { manifestRef } from '../../../src/contract/manifest-ref.ts';
import { showName } from '../../../src/contract/name-counts.ts';
import type { Dependency, Plan } from '../../../src/contract/plan.ts';
import { quantity } from '../../../src/contract/quantity.ts';
import { refsOf, type Witness, witnessesOf } from '../../../src/contract/witness.ts';
import { type DeclaredRoute, declaredRoutes } from '../declared-routes.ts';
import { describeAbsent, missingLabels } from '../labels.ts';
import calledModels, { type RouteAnswers } from '../measures/called-models.ts';
import { describeFates, FATES, fallsWith, type SharedFate, sharedFate, sharedMaker } from '../shared-fate.ts';
import { UNSEEN_FAILURES } from '../unseen-failures.ts';

export default defineCheck({
  meta: {
    id: 'provider-dependency/fallback-independence',
    title: 'A fallback shares neither vendor, cloud, account nor gateway with the primary',
    severity: 'blocker',
    why: 'A fallback in the same cloud, behind the same gateway or on the same account fails at the same moment and for the same reason as the primary: it is there in every plan and never in an outage.',
    remediation: [
      'Declare a fallback of another vendor, in another cloud, on another account, and not behind the same gateway.',
      'Label every route with cloud, region, account and gateway (gateway: none where there is none).',
      'Make the primary fail on purpose, record how that fallback answers, and test again.',
    ],
    controls: [
      'NIST-AI-RMF:GOVERN-6.1',
      'NIST-AI-RMF:MANAGE-2.4',
      'NIST-AI-RMF:MANAGE-3.1',
      'ISO-42001:A.10.2',
      'ISO-42001:A.10.3',
      'DORA:28(8)',
      'DORA:29(1)',
      'SOC2:A1.2',
      'SOC2:CC9.2',
    ],
    kinds: OBSERVED_KINDS,
    subject: 'fallback',
    since: '2026-11-25',
  },
  needs: { called: calledModels },
  limits: {
    tolerated: exceptions({ values: FATES, description: 'What the primary and its fallback may share' }),
  },
  evaluate({ called }, { tolerated }, { plan }): CheckResult {
    const [primary, ...fallbacks] = declaredRoutes(plan.models);
    const candidates = fallbacks.map((fallback, index): Candidate => {
      const { answers = 0, answeredAt = [] } = called.routes[index + 1] ?? {};
      return { ...sharedFate(primary, fallback, tolerated), answers, answeredAt };
    });
    const independent = candidates.filter(({ shared, unknown }) => shared.length + unknown.length === 0);
    const proven = independent.filter(({ answers }) => answers > 0);
    const compared = { ...count(proven.length, 1), n: called.runs };
    const [first] = proven;
    if (first !== undefined) {
      const message = `${describeProven(first, primary, called.runs)}${describeNotes(plan, first.fallback)}`;
      return { outcome: 'pass', ...compared, message, evidence: refsOf(first.answeredAt) };
    }
    const places = candidates.flatMap((candidate) => placesOf(candidate, plan));
    const notes = describeNotes(plan, undefined);
    if (candidates.every(({ shared }) => shared.length > 0)) {
      const message = `shared fate: ${describeShared(candidates, primary)}${notes}`;
      return { outcome: 'fail', ...compared, message, evidence: witnessesOf(places) };
    }
    const open = independent.length > 0 ? whyUnseen(independent, called.runs) : whyUnlabelled(candidates, primary);
    const message = `${open.message}${notes}`;
    return { outcome: 'inconclusive', ...compared, message, missing: open.missing, evidence: refsOf(places) };
  },
});

/** A fallback with what it shares and how often it answered. */
interface Candidate extends SharedFate, Pick<RouteAnswers, 'answers' | 'answeredAt'> {}

function count(value: number, least: number) {
  return { measured: { value, unit: 'count' }, limit: { value: least, unit: 'count' } } as const;
}

function describeProven({ fallback, answers }: Candidate, primary: DeclaredRoute, runs: number): string {
  const { shared, unknown } = sharedFate(primary, fallback, []);
  const except = shared.length === 0 ? '' : `, except what is tolerated: ${describeFates(shared, primary)}`;
  const untold = unknown.length === 0 ? '' : `, not known but tolerated: ${unknown.join(', ')}`;
  const asked = FATES.filter((fate) => !unknown.includes(fate)).join(', ');
  return `${nameOf(fallback)} shares none of ${asked} with the primary${except}${untold}, and answered ${quantity(answers, 'time')} in ${quantity(runs, 'run')}`;
}

/** `models.fallback[0] (gpt-4.1) with the primary: cloud aws; …`. */
function describeShared(candidates: readonly Candidate[], primary: DeclaredRoute): string {
  return candidates
    .map(({ fallback, shared }) => `${nameOf(fallback)} with the primary: ${describeFates(shared, primary)}`)
    .join('; ');
}

function whyUnseen(independent: readonly Candidate[], runs: number) {
  const names = independent.map(({ fallback }) => nameOf(fallback)).join(', ');
  return {
    message: `declared independent, but no answer is recorded in ${quantity(runs, 'run')}: ${names}`,
    missing: UNSEEN_FAILURES,
  };
}

function whyUnlabelled(candidates: readonly Candidate[], primary: DeclaredRoute) {
  const open = candidates.filter(({ shared }) => shared.length === 0);
  const fates = FATES.filter((fate) => open.some(({ unknown }) => unknown.includes(fate)));
  const reason = fates
    .map((fate) => describeAbsent(fate, [primary, ...open.map(({ fallback }) => fallback)]))
    .join('; ');
  const dependent = candidates.filter(({ shared }) => shared.length > 0);
  const also = dependent.length === 0 ? '' : `; shared fate: ${describeShared(dependent, primary)}`;
  return { message: `${reason}${also}`, missing: missingLabels(reason) };
}

/** What an independent fallback does not help against. */
function describeNotes({ models, dependencies }: Plan, fallback: DeclaredRoute | undefined): string {
  const maker = fallback && sharedMaker(models.primary, fallback);
  const falling = fallsWith(models.primary, dependencies);
  const both = fallback === undefined ? [] : fallsWith(fallback, falling);
  const names = (some: readonly Dependency[]) => some.map(({ name, kind }) => `${kind} ${showName(name)}`).join(', ');
  return [
    maker === undefined ? '' : `; both models are made by ${maker}`,
    falling.length === 0
      ? ''
      : `; without an alternative and with the vendor or cloud of the primary: ${names(falling)}`,
    both.length === 0 ? '' : `; of these also with the fallback: ${names(both)}`,
  ].join('');
}

function placesOf({ fallback, shared, unknown }: Candidate, plan: Plan): Witness[] {
  return [...shared, ...unknown].flatMap((fate) =>
    ['/models/primary', fallback.pointer].map((route) => ({ value: 0, ref: manifestRef(plan, `${route}/${fate}`) })),
  );
}

function nameOf({ path, model }: DeclaredRoute): string {
  return `${path} (${showName(model)})`;
}
