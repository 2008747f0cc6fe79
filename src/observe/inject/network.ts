import type { Delivery } from '../wire/delivery.ts';
import { blind, type Fault, faultOf, spoiling } from './fault.ts';

const RESET: Delivery = { start: 'reset', headersAfterMs: 0, status: 0, headers: {}, frames: [], end: 'reset' };
const SILENCE: Delivery = { ...RESET, start: 'stall' };
/** Longer than callers that wait for people do. */
const SLOW_MS = 10_000;

/**
 * Connections that fail. Clients reach the proxy by plain HTTP on this machine, so that a name that does not resolve, a
 * closed port and a bad certificate all show as a connection that is reset before a byte of an answer.
 */
export const NETWORK_FAULTS: readonly Fault[] = [
  connection('conn-refused', 1, 'The connection is reset before the request is read to its end'),
  connection('dns-fail', 2, 'The connection is reset, as when the name of the provider does not resolve'),
  connection('conn-reset', 3, 'The connection is reset after the request was read'),
  connection('tls-error', 4, 'The connection is reset, as when the certificate is refused'),
  faultOf(
    {
      id: 'header-stall',
      number: 5,
      wire: 'The request is accepted and nothing is ever answered',
      expect: 'Gives up within its own deadline, all attempts included, and goes elsewhere',
    },
    blind({ silence: () => SILENCE }),
  ),
  faultOf(
    {
      id: 'slow-ttfb',
      number: 6,
      wire: `The answer begins ${SLOW_MS / 1e3} seconds late`,
      expect: 'Answers within its deadline, or goes elsewhere',
    },
    spoiling({ late: (healthy) => ({ ...healthy, headersAfterMs: healthy.headersAfterMs + SLOW_MS }) }),
  ),
];

function connection(id: string, number: number, wire: string): Fault {
  const expect = 'Tries again a bounded number of times without doing anything twice, then goes elsewhere';
  return faultOf({ id, number, wire, expect }, blind({ reset: () => RESET }));
}
