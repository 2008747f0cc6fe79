import { BROWNOUT_RATE } from '../../contract/drill-schedule.ts';
import type { ModelRoute, Plan } from '../../contract/plan.ts';
import { providerId } from '../../contract/provider-name.ts';
import type { FaultedRequest, InjectedFault } from '../proxy/injected-fault.ts';
import type { Delivery } from '../wire/delivery.ts';
import type { WireErrorKind } from '../wire/wire-api.ts';
import { refused } from './altered.ts';
import { faultById } from './catalogue.ts';
import { goesToOneOf, goesToPrimary } from './matching.ts';
import { timingOf } from './timing.ts';

/** Ids of faults that are made of others: they meet several providers, or some requests only. */
export const COMPOSED: readonly string[] = [
  'brownout',
  'outage-all',
  'correlated-outage',
  'fallback-rejects',
  'recovery',
];

interface ComposedFacts {
  readonly models: Plan['models'];
  /** Number of the run in its drill, from 0. */
  readonly run: number;
}

type Composed = (request: FaultedRequest) => InjectedFault | undefined;

/** Requests to the primary that fail before it is back: more than a client repeats by itself, which is three attempts. */
const OUTAGE_LENGTH = 4;
/** How much slower the answers of a provider are that fails in part. */
const BROWNOUT_LATENCY = 3;
/** One seed for all: the runs of a drill are told apart by their number. */
const SEED = 1;

/** @throws Error for an id that is none of `COMPOSED` */
export function composedFault(fault: string, facts: ComposedFacts): Composed {
  const make = COMPOSERS[fault];
  if (make === undefined) throw new Error(`no fault is made of others under the id ${fault}`);
  return make(facts);
}

const COMPOSERS: Readonly<Record<string, (facts: ComposedFacts) => Composed>> = {
  brownout,
  'outage-all': () => () => named('outage-all', 'http-503'),
  'correlated-outage': correlatedOutage,
  'fallback-rejects': fallbackRejects,
  recovery,
};

/** A share of the answers of the primary is an error, and the others are slow. */
function brownout({ models, run }: ComposedFacts): Composed {
  const isDue = timingOf({ type: 'rate', share: BROWNOUT_RATE, seed: SEED }, run);
  let asked = 0;
  return (request) => {
    if (!goesToPrimary(request, models)) return undefined;
    asked += 1;
    return isDue(asked) ? named('brownout', 'http-500') : SLOWED;
  };
}

/** Slow is not broken: a run that met nothing else has not met the outage. */
const SLOWED: InjectedFault = { id: undefined, form: undefined, needsHealthy: true, apply: slowed };

function slowed(healthy: Delivery): Delivery {
  const frames = healthy.frames.map((frame) => ({ ...frame, afterMs: frame.afterMs * BROWNOUT_LATENCY }));
  return { ...healthy, headersAfterMs: healthy.headersAfterMs * BROWNOUT_LATENCY, frames };
}

/** Everything with one label of the primary is down: its vendor, its cloud, or its region; one of them in each run. */
function correlatedOutage({ models, run }: ComposedFacts): Composed {
  const { primary } = models;
  const all = [primary, ...models.fallback];
  const labels = LABELS.filter(({ of }) => of(primary) !== undefined);
  const label = labels[run % labels.length];
  const down = all.filter((route) => label === undefined || label.of(route) === label.of(primary));
  return (request) =>
    goesToOneOf(request, down, models) ? named('correlated-outage', 'http-503', label?.name) : undefined;
}

/** Who runs a model is its vendor here, whoever made it: an outage stops at the house that has it. */
const LABELS: readonly { readonly name: string; readonly of: (route: ModelRoute) => string | undefined }[] = [
  { name: 'vendor', of: ({ provider }) => providerId(provider) },
  { name: 'cloud', of: ({ cloud }) => cloud },
  { name: 'region', of: ({ region }) => region },
];

/** What a fallback says to a request that was made for the primary. */
const REJECTIONS: readonly WireErrorKind[] = ['parameter', 'tool-schema', 'prefill'];

/** The primary is out, and the fallback refuses what it is sent, as when it is passed on unchanged. */
function fallbackRejects({ models, run }: ComposedFacts): Composed {
  const kind = REJECTIONS[run % REJECTIONS.length] ?? 'parameter';
  const rejected = { id: 'fallback-rejects', form: kind, needsHealthy: false, apply: refused(kind) };
  return (request) => (goesToPrimary(request, models) ? named('fallback-rejects', 'overloaded-529', kind) : rejected);
}

function recovery({ models }: ComposedFacts): Composed {
  let failed = 0;
  return (request) => {
    if (!goesToPrimary(request, models) || failed >= OUTAGE_LENGTH) return undefined;
    failed += 1;
    return named('recovery', 'overloaded-529');
  };
}

function named(id: string, like: string, form?: string): InjectedFault {
  const [{ needsHealthy, apply }] = faultById(like).forms;
  return { id, form, needsHealthy, apply };
}
