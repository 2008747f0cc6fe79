import type { Witness } from '../../src/contract/witness.ts';
import type { DeclaredRoute } from './declared-routes.ts';
import type { RequestParameters, RouteParameters } from './measures/request-parameters.ts';
import { parameterName, untakenBy } from './parameters-taken.ts';

/** A parameter that the primary is sent, and some calls that carry it. */
interface Sent {
  readonly name: string;
  /** How many calls of the primary carry it. */
  readonly calls: number;
  readonly at: readonly Witness[];
}

/** What of the requests to the primary a fallback would not take. */
export interface Compatibility {
  readonly route: DeclaredRoute;
  /** Known not to be taken, and no recorded answer shows otherwise. */
  readonly refused: readonly Sent[];
  /** The same, but its answers may only have come from calls that never carry it. */
  readonly undecided: readonly Sent[];
  /** Nothing is known of its API, and no answer shows anything. */
  readonly isUnknown: boolean;
}

/**
 * By the table, unless recorded answers of the fallback show more: what they carry, it takes; what every call of the
 * primary carries and none of them, is left out on the way to it.
 */
export function compatibilityOf(
  route: DeclaredRoute,
  { primary, fallbacks }: RequestParameters,
  index: number,
): Compatibility {
  const untaken = untakenBy(route);
  const answered = fallbacks[index];
  const isExercised = answered !== undefined && answered.calls > 0;
  const taken = new Set(answered === undefined ? [] : sentBy(answered).map(({ name }) => name));
  const doubtful = sentBy(primary).filter(({ name }) => untaken?.has(name) === true && !taken.has(name));
  const sometimes = doubtful.filter(({ calls }) => calls < primary.calls);
  return {
    route,
    refused: isExercised ? [] : doubtful,
    undecided: isExercised ? sometimes : [],
    isUnknown: untaken === undefined && !isExercised,
  };
}

/** By one name each, in order of the names. */
function sentBy({ names }: RouteParameters): readonly Sent[] {
  const sent = new Map<string, Sent>();
  for (const [recorded, calls, at] of names.names) {
    const name = parameterName(recorded);
    const known = sent.get(name);
    sent.set(name, { name, calls: calls + (known?.calls ?? 0), at: [...(known?.at ?? []), ...at] });
  }
  return [...sent.values()];
}
