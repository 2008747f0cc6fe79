import { repeatedRequests } from '../../src/contract/repeated-requests.ts';
import type { Step } from '../../src/contract/run.ts';

/**
 * The model calls of a run as a cap counts them: the recorded attempts of one request are one, because clients repeat a
 * request below the code that counts. Attempts are looked for only where the cap could be reached.
 */
export function requestsIn(steps: readonly Step[], modelCalls: number, cap: number): number {
  if (modelCalls < cap) return modelCalls;
  let requests = modelCalls;
  for (const { attempts } of repeatedRequests(steps)) requests -= attempts.length - 1;
  return requests;
}
