import type { ScheduledFault } from '../../contract/drill-schedule.ts';
import { TOOL_SERVER_FAULT } from '../../contract/faults.ts';
import type { Plan } from '../../contract/plan.ts';
import type { FaultedRequest, InjectedFault } from '../proxy/injected-fault.ts';
import { faultById } from './catalogue.ts';
import { COMPOSED, composedFault } from './composed.ts';
import type { Fault } from './fault.ts';
import { goesToPrimary, matcherOf } from './matching.ts';
import { timingOf } from './timing.ts';

/** Which of a run's requests meet a fault. A request that meets one keeps its own healthy answer to itself. */
export type Injection = (request: FaultedRequest) => InjectedFault | undefined;

/** How one run of a drill is broken. */
export interface InjectionSpec {
  /** An id of the catalogue. */
  readonly fault: string;
  /** Undefined: as the fault itself says. */
  readonly schedule: ScheduledFault | undefined;
  /** Number of the run in its drill, from 0: it decides the form, and what a share of the requests is. */
  readonly run: number;
}

/**
 * How a run is broken. Most faults meet every request to the primary, for as long as the run lasts: an outage does not
 * end because somebody asks again. Those of the pack `fallback` meet others too, or some requests only. What a run meets
 * depends on nothing but its own number and requests, so that runs may go side by side in any order.
 */
export function injectionOf({ fault, schedule, run }: InjectionSpec, models: Plan['models']): Injection {
  if (schedule === undefined && COMPOSED.includes(fault)) return composedFault(fault, { models, run });
  // It meets calls of tools, which the tool server answers.
  if (fault === TOOL_SERVER_FAULT) return () => undefined;
  const injected = formOf(faultById(fault), run);
  if (schedule === undefined) return (request) => (goesToPrimary(request, models) ? injected : undefined);
  const isMatch = matcherOf(schedule.match, models);
  const isDue = timingOf(schedule.timing, run);
  let matched = 0;
  return (request) => {
    if (!isMatch(request)) return undefined;
    matched += 1;
    return isDue(matched) ? injected : undefined;
  };
}

function formOf({ id, forms }: Fault, run: number): InjectedFault {
  const { name, needsHealthy, apply } = forms[run % forms.length] ?? forms[0];
  return { id, form: forms.length > 1 ? name : undefined, needsHealthy, apply };
}
