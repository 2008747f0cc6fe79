import { isModelOrSnapshot } from '../../contract/model-name.ts';
import type { ModelRoute, Plan } from '../../contract/plan.ts';
import { providerId } from '../../contract/provider-name.ts';
import type { FaultedRequest, InjectedFault } from '../proxy/injected-fault.ts';
import { faultById } from './catalogue.ts';

/** Which of a run's requests meet a fault. A request that meets one keeps its own healthy answer to itself. */
export type Injection = (request: FaultedRequest) => InjectedFault | undefined;

/** A quarter of the answers, as in the outage of 2025-06-10 in which a provider answered three of four requests. */
const BROWNOUT_RATE = 0.25;
/** Requests to the primary that fail before it is back: more than a client repeats by itself, which is three attempts. */
const OUTAGE_LENGTH = 4;

interface InjectionFacts {
  readonly models: Plan['models'];
  /** ≥ 0 and < 1 for the n-th request of the run, the same each time. */
  readonly draw: (seq: number) => number;
}

/**
 * How a run is broken. Most faults meet every request to the primary, for as long as the run lasts: an outage does not
 * end because somebody asks again. Those of the pack `fallback` meet others too, or some requests only.
 * @param fault an id of the catalogue or of the pack `fallback`
 */
export function injectionOf(fault: string, { models, draw }: InjectionFacts): Injection {
  const { primary, fallback } = models;
  const isPrimary = (request: FaultedRequest) => goesTo(request, primary, fallback);
  switch (fault) {
    case 'brownout':
      return (request) => only(isPrimary(request) && draw(request.seq) < BROWNOUT_RATE, named(fault, 'http-500'));
    case 'outage-all':
      return () => named(fault, 'http-503');
    case 'correlated-outage': {
      const down = [primary, ...fallback.filter((route) => sharesFate(route, primary))];
      return (request) =>
        only(
          down.some((route) => goesTo(request, route, [])),
          named(fault, 'http-503'),
        );
    }
    case 'fallback-rejects':
      return (request) => (isPrimary(request) ? named(fault, 'overloaded-529') : REJECTED);
    case 'recovery':
      return recovering(isPrimary);
    default: {
      const injected = faultById(fault);
      return (request) => only(isPrimary(request), injected);
    }
  }
}

/** The fallback refuses what it is sent, as when parameters or tools of the primary are passed on unchanged. */
const REJECTED: InjectedFault = {
  id: 'fallback-rejects',
  needsHealthy: false,
  apply: (_healthy, { request, format }) => format.writeError('bad-request', { model: request.model }),
};

function recovering(isPrimary: (request: FaultedRequest) => boolean): Injection {
  let failed = 0;
  return (request) => {
    if (!isPrimary(request) || failed >= OUTAGE_LENGTH) return undefined;
    failed += 1;
    return named('recovery', 'overloaded-529');
  };
}

function named(id: string, like: string): InjectedFault {
  return { ...faultById(like), id };
}

function only(isMet: boolean, fault: InjectedFault): InjectedFault | undefined {
  return isMet ? fault : undefined;
}

/** Whether a request is for this route; the provider decides where no other route has the same one. */
function goesTo({ provider, model }: FaultedRequest, route: ModelRoute, others: readonly ModelRoute[]): boolean {
  if (providerId(provider) !== providerId(route.provider)) return false;
  const isShared = others.some((other) => providerId(other.provider) === providerId(route.provider));
  return !isShared || model === undefined || isModelOrSnapshot(model, route.model);
}

/** Whether what takes the primary down takes this one down too: a common vendor, cloud or region. Unknown is not common. */
function sharesFate(route: ModelRoute, primary: ModelRoute): boolean {
  return (
    providerId(route.provider) === providerId(primary.provider) ||
    (route.cloud !== undefined && route.cloud === primary.cloud) ||
    (route.region !== undefined && route.region === primary.region)
  );
}
