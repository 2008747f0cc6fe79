import type { EvidenceRef } from '../../src/contract/evidence.ts';
import { manifestRef, pointerOf } from '../../src/contract/manifest-ref.ts';
import type { MissingInput } from '../../src/contract/measure.ts';
import { showName } from '../../src/contract/name-counts.ts';
import type { Plan } from '../../src/contract/plan.ts';
import { formatNumber } from '../../src/contract/units.ts';
import { refsOf } from '../../src/contract/witness.ts';
import { effectiveNumber, sumOf } from './concentration.ts';
import { type DeclaredRoute, declaredRoutes } from './declared-routes.ts';
import type { Dimension } from './dimensions.ts';
import { describeAbsent, missingLabels } from './labels.ts';
import type { RouteCalls } from './measures/route-calls.ts';
import { type Split, splitRoutes, splitVendors } from './split.ts';
import { evenly, type Weights } from './traffic.ts';

/** What traffic may be concentrated on, and the limit on the largest share of it. */
export const CONCENTRATIONS = [
  { dimension: 'provider', name: 'vendor', limitName: 'share' },
  { dimension: 'model', name: 'model', limitName: 'modelShare' },
  { dimension: 'maker', name: 'maker of models', limitName: 'makerShare' },
  { dimension: 'cloud', name: 'cloud', limitName: 'cloudShare' },
  { dimension: 'region', name: 'region', limitName: 'regionShare' },
  { dimension: 'account', name: 'account', limitName: 'accountShare' },
  { dimension: 'gateway', name: 'gateway', limitName: 'gatewayShare' },
  { dimension: 'dependency', name: 'vendor of critical dependencies', limitName: 'dependencyShare' },
] as const satisfies readonly { dimension: Dimension | 'maker' | 'dependency'; name: string; limitName: string }[];

/** One dimension: what its parts rest on, and how much each carries. */
export interface Spread {
  readonly of: (typeof CONCENTRATIONS)[number];
  readonly split: Split;
  readonly weights: Weights;
  /** What leaves parts unknown, for messages; empty when nothing is. */
  readonly absent: string;
  readonly missing: MissingInput;
  /** Places of parts. */
  placesOf(parts: readonly number[]): readonly [EvidenceRef, ...EvidenceRef[]];
}

/** Every dimension of the traffic, and that of the critical dependencies, which count one each. */
export function spreadsOf(plan: Plan, calls: RouteCalls, traffic: Weights): readonly Spread[] {
  const routes = declaredRoutes(plan.models);
  return CONCENTRATIONS.map((of): Spread => {
    if (of.dimension === 'dependency') return { of, ...dependencies(plan) };
    const { dimension } = of;
    const split = splitRoutes(dimension, routes);
    const pointer = dimension === 'maker' ? 'model' : dimension;
    return {
      of,
      split,
      weights: traffic,
      ...unknownIn(dimension, split, { routes, traffic }),
      placesOf: (parts) => [
        manifestRef(plan, `${routes[parts[0] ?? 0]?.pointer ?? '/models'}/${pointer}`),
        ...refsOf(parts.flatMap((part) => calls.answeredAt[part] ?? [])),
      ],
    };
  });
}

function dependencies(plan: Plan): Omit<Spread, 'of'> {
  const critical = plan.dependencies.flatMap((dependency, index) =>
    dependency.critical ? [{ dependency, index }] : [],
  );
  const unnamed = critical.filter(({ dependency }) => dependency.vendor === undefined);
  const isNone = critical.length === 0;
  return {
    // Without any, what the workload rests on is as unknown as one dependency without a vendor.
    split: isNone ? { groups: [], unknown: [0] } : splitVendors(critical.map(({ dependency }) => dependency)),
    weights: evenly(Math.max(1, critical.length)),
    absent: isNone
      ? 'no critical dependency is declared'
      : describeUnnamed(unnamed.map(({ dependency }) => showName(dependency.name))),
    missing: {
      input: 'vendors of the critical dependencies',
      remedy: 'Declare every critical dependency of the workload under dependencies, with its vendor.',
    },
    placesOf: ([first = 0, ...others]) => {
      const place = (part: number) =>
        manifestRef(plan, pointerOf('dependencies', critical[part]?.index ?? 0, 'vendor'));
      return [place(first), ...others.map(place)];
    },
  };
}

function describeUnnamed(names: readonly string[]): string {
  return names.length === 0 ? '' : `no vendor is declared for ${names.join(', ')}`;
}

/** Labels that are not declared matter only where there is traffic. */
function unknownIn(
  dimension: Dimension | 'maker',
  { unknown }: Split,
  { routes, traffic }: { readonly routes: readonly DeclaredRoute[]; readonly traffic: Weights },
): Pick<Spread, 'absent' | 'missing'> {
  const carrying = unknown.filter((part) => (traffic.shares[part] ?? 0) > 0);
  const unlabelled = carrying.flatMap((part) => routes[part] ?? []);
  if (unlabelled.length === 0) {
    const absent = carrying.length === 0 ? '' : 'some answers came from no declared model';
    return { absent, missing: UNDECLARED };
  }
  const models = unlabelled.map(({ model }) => showName(model)).join(', ');
  const absent = dimension === 'maker' ? `not known who made ${models}` : describeAbsent(dimension, unlabelled);
  return { absent, missing: missingLabels(absent) };
}

const UNDECLARED: MissingInput = {
  input: 'the declared model of every call',
  remedy:
    'Declare each model that is called under models in the manifest, and record gen_ai.request.model on every model call.',
};

/** `vendor: anthropic 92.3 %, openai 7.7 %, effective number 1.17 (HHI 0.858); cloud: …`. */
export function describeSpreads(spreads: readonly Spread[]): string {
  return spreads.map(describeSpread).join('; ');
}

function describeSpread({ of, split, weights }: Spread): string {
  const [share, unknown] = [(parts: readonly number[]) => sumOf(parts, weights), sumOf(split.unknown, weights)];
  if (unknown === 1) return `${of.name}: unknown`;
  const known = split.groups
    .filter(({ parts }) => share(parts) > 0)
    .toSorted((a, b) => share(b.parts) - share(a.parts));
  const listed = known.map(({ label, parts }) => `${label} ${percent(share(parts))}`);
  const rest = unknown > 0 ? [`unknown ${percent(unknown)}`] : [];
  const number = effectiveNumber(split, weights);
  return `${of.name}: ${[...listed, ...rest].join(', ')}, effective number ${short(number)} (HHI ${short(1 / number)})`;
}

function percent(share: number): string {
  return `${short(100 * share)} %`;
}

function short(value: number): string {
  return formatNumber(value, { significant: 3 });
}
