import { repeatedRequests } from '../../src/contract/repeated-requests.ts';
import type { Step } from '../../src/contract/run.ts';

/**
 * Whether a run makes more than `most` model calls as a cap counts them: the recorded attempts of one request are one
 * call, because clients repeat a request below the code that counts. They are told apart only where that could matter.
 */
export function requestsOver(most: number, steps: readonly Step[], modelCalls: number): boolean {
  return modelCalls > most && requestsIn(steps, modelCalls) > most;
}

/** How many of these model calls are left when the attempts of one request are one. */
export function requestsIn(steps: readonly Step[], modelCalls: number): number {
  let requests = modelCalls;
  for (const { attempts } of repeatedRequests(steps)) requests -= attempts.length - 1;
  return requests;
}
