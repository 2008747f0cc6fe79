import { makerOf } from '../../src/contract/model-maker.ts';
import { showName } from '../../src/contract/name-counts.ts';
import type { Dependency } from '../../src/contract/plan.ts';
import type { DeclaredRoute } from './declared-routes.ts';
import { companyId, type Dimension, differs, usesNoGateway } from './dimensions.ts';

/** What several parts of the traffic rest on together. Parts are indexes into `Weights.shares`. */
export interface Group {
  /** For messages. */
  readonly label: string;
  readonly parts: readonly number[];
  /** They rest on none, such as calls without a gateway: nothing that could fail. */
  readonly isNone: boolean;
}

/** All parts of the traffic, by what they rest on in one dimension. */
export interface Split {
  readonly groups: readonly Group[];
  /** Parts of which it is not known. */
  readonly unknown: readonly number[];
}

/** Parts are the declared routes in their order, then one for all other calls, of which nothing is declared. */
export function splitRoutes(dimension: Dimension | 'maker', routes: readonly DeclaredRoute[]): Split {
  const isSame = (a: DeclaredRoute, b: DeclaredRoute): boolean => {
    if (dimension === 'maker') return makerOf(a.model) === makerOf(b.model);
    if (dimension === 'gateway' && usesNoGateway(a)) return usesNoGateway(b);
    return differs(dimension, a, b) === 'no';
  };
  const { groups, unknown } = splitBy(routes, {
    labelOf: (route) => (dimension === 'maker' ? makerOf(route.model) : route[dimension]),
    isSame,
    isNone: (route) => dimension === 'gateway' && usesNoGateway(route),
  });
  return { groups, unknown: [...unknown, routes.length] };
}

/** Parts are the dependencies in their order. */
export function splitVendors(dependencies: readonly Dependency[]): Split {
  const labelOf = ({ vendor }: Dependency) => vendor && companyId(vendor);
  return splitBy(dependencies, { labelOf, isSame: (a, b) => labelOf(a) === labelOf(b), isNone: () => false });
}

interface Rule<T> {
  /** Undefined = not known. */
  labelOf(item: T): string | undefined;
  /** Asked only of items with a label. */
  isSame(a: T, b: T): boolean;
  isNone(item: T): boolean;
}

function splitBy<T>(items: readonly T[], { labelOf, isSame, isNone }: Rule<T>): Split {
  const groups: { label: string; parts: number[]; isNone: boolean; first: T }[] = [];
  const unknown: number[] = [];
  for (const [part, item] of items.entries()) {
    const label = labelOf(item);
    const group = label === undefined ? undefined : groups.find(({ first }) => isSame(item, first));
    if (label === undefined) unknown.push(part);
    else if (group !== undefined) group.parts.push(part);
    else groups.push({ label: showName(label), parts: [part], isNone: isNone(item), first: item });
  }
  return { groups: groups.map(({ label, parts, isNone }) => ({ label, parts, isNone })), unknown };
}
