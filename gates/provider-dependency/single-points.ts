import type { EvidenceRef } from '../../src/contract/evidence.ts';
import { manifestRef, pointerOf } from '../../src/contract/manifest-ref.ts';
import { showName } from '../../src/contract/name-counts.ts';
import type { Plan } from '../../src/contract/plan.ts';
import { declaredRoutes } from './declared-routes.ts';
import { DIMENSIONS, type Dimension, differs, usesNoGateway } from './dimensions.ts';
import { describeAbsent } from './labels.ts';

/** Something whose loss stops the workload, or may stop it as far as declared and recorded. */
export interface SinglePoint {
  readonly kind: Dimension | 'dependency';
  /** For the message: what it is, such as `provider anthropic`, and why it counts. */
  readonly subject: string;
  readonly reason: string;
  /** `not-exercised`: a fallback differs in it but was not seen answering. `not-labelled`: nobody declared enough. */
  readonly state: 'certain' | 'not-exercised' | 'not-labelled';
  readonly refs: readonly [EvidenceRef, ...EvidenceRef[]];
}

/**
 * What the workload cannot lose. A dimension of the primary is safe when a fallback that `hasAnswered` (by index)
 * differs in it. A critical dependency is safe when an alternative is declared: nothing is recorded of those.
 */
export function findSinglePoints(plan: Plan, hasAnswered: readonly boolean[]): SinglePoint[] {
  const points = DIMENSIONS.map((dimension) => judgeDimension(dimension, plan, hasAnswered));
  return [...points.filter((point) => point !== undefined), ...loneDependencies(plan)];
}

/** Points with the same reason together: `provider a, cloud b: no fallback is declared; …`. */
export function describePoints(points: readonly SinglePoint[]): string {
  const reasons = [...new Set(points.map(({ reason }) => reason))];
  const subjects = (reason: string) => points.filter((point) => point.reason === reason).map(({ subject }) => subject);
  return reasons.map((reason) => `${subjects(reason).join(', ')}: ${reason}`).join('; ');
}

function judgeDimension(dimension: Dimension, plan: Plan, hasAnswered: readonly boolean[]): SinglePoint | undefined {
  const { primary, fallback } = plan.models;
  if (dimension === 'gateway' && usesNoGateway(primary)) return undefined;
  const answers = fallback.map((route) => differs(dimension, primary, route));
  if (answers.some((answer, index) => answer === 'yes' && hasAnswered[index])) return undefined;
  const label = primary[dimension];
  return {
    kind: dimension,
    subject: label === undefined ? dimension : `${dimension} ${showName(label)}`,
    ...judgeAnswers(answers, dimension, plan),
    refs: [
      manifestRef(plan, pointerOf('models', 'primary', dimension)),
      ...fallback.map((_, index) => manifestRef(plan, pointerOf('models', 'fallback', index, dimension))),
    ],
  };
}

/** `answers`: whether each fallback differs, none of those that do having answered. */
function judgeAnswers(
  answers: readonly ('yes' | 'no' | 'unknown')[],
  dimension: Dimension,
  plan: Plan,
): Pick<SinglePoint, 'state' | 'reason'> {
  // Every model has a cloud, but not every one a gateway: without the label there may be nothing to lose.
  const isUnknown = dimension === 'gateway' && plan.models.primary.gateway === undefined;
  if (answers.length === 0 && !isUnknown) return { state: 'certain', reason: 'no fallback is declared' };
  if (answers.length > 0 && answers.every((answer) => answer === 'no')) {
    return { state: 'certain', reason: 'shared by every declared fallback' };
  }
  if (answers.includes('yes')) {
    const reason = 'the fallback that differs was not seen answering after a failure of the primary';
    return { state: 'not-exercised', reason };
  }
  return { state: 'not-labelled', reason: describeAbsent(dimension, declaredRoutes(plan.models)) };
}

function loneDependencies(plan: Plan): SinglePoint[] {
  return plan.dependencies.flatMap(({ name, kind, critical, alternative }, index): SinglePoint[] => {
    if (!critical || alternative !== undefined) return [];
    const refs: SinglePoint['refs'] = [manifestRef(plan, pointerOf('dependencies', index))];
    const subject = `${kind} ${showName(name)}`;
    return [
      { kind: 'dependency', subject, reason: 'critical, and no alternative is declared', state: 'certain', refs },
    ];
  });
}
