import type { FaultContext } from '../proxy/injected-fault.ts';
import type { Delivery } from '../wire/delivery.ts';
import type { WireErrorDetails, WireErrorKind } from '../wire/wire-api.ts';
import { htmlPage } from './altered.ts';
import type { Fault } from './fault.ts';

const GOES_ELSEWHERE = 'Repeats a bounded number of times with growing waits, then goes elsewhere';
const NEVER_REPEATS = 'Does not repeat the call, tells somebody, and goes elsewhere or stops';

/** An hour, no time at all, and a day that is long past. */
const HOSTILE_WAITS = ['3600', '0', 'Wed, 21 Oct 2015 07:28:00 GMT'];

/** Answers that refuse, in the provider's own body, status and headers. */
export const HTTP_FAULTS: readonly Fault[] = [
  answered(
    'error-in-200',
    15,
    'Status 200 with an error as its body',
    'Looks at the shape of the answer',
    (context) => ({
      ...refuse('server-error')(context),
      status: 200,
    }),
  ),
  answered('http-500', 16, 'Status 500', GOES_ELSEWHERE, refuse('server-error')),
  answered('http-502-html', 16, 'Status 502 with a page of HTML', GOES_ELSEWHERE, () =>
    htmlPage(502, '502 Bad Gateway'),
  ),
  answered('http-503', 16, 'Status 503', GOES_ELSEWHERE, (context) => ({
    ...refuse('server-error')(context),
    status: 503,
  })),
  answered('http-504', 16, 'Status 504 with a page of HTML', GOES_ELSEWHERE, () =>
    htmlPage(504, '504 Gateway Time-out'),
  ),
  answered('overloaded-529', 17, "The provider's own words for being overloaded", GOES_ELSEWHERE, refuse('overloaded')),
  answered(
    'rate-limit-429',
    18,
    'Status 429 with retry-after: 1',
    'Waits as long as it is told, or goes elsewhere; never repeats in a storm',
    refuse('rate-limit', { retryAfter: '1' }),
  ),
  answered(
    'rate-limit-hostile',
    19,
    'Status 429 with a wait of an hour, of nothing, or until a day that is past',
    'Bounds the wait at both ends',
    (context) => {
      const retryAfter = HOSTILE_WAITS[Math.floor(context.random() * HOSTILE_WAITS.length)] ?? '0';
      return refuse('rate-limit', { retryAfter })(context);
    },
  ),
  answered('quota-exhausted', 20, 'The account has no credit left', NEVER_REPEATS, refuse('quota')),
  answered('auth-revoked', 21, 'The key is refused', `${NEVER_REPEATS}; no key in logs`, refuse('auth')),
  answered('model-gone', 22, 'The model does not exist any more', NEVER_REPEATS, refuse('model-not-found')),
  answered(
    'context-overflow',
    23,
    'The request is longer than the context window',
    'Shortens it or takes a larger model; does not repeat the same',
    refuse('context-length'),
  ),
];

type Answer = (context: FaultContext) => Delivery;

function refuse(kind: WireErrorKind, details: Partial<WireErrorDetails> = {}): Answer {
  return ({ request, format }) => format.writeError(kind, { model: request.model, ...details });
}

function answered(id: string, number: number, ...[wire, expect, answer]: readonly [string, string, Answer]): Fault {
  return { id, number, needsHealthy: false, wire, expect, apply: (_healthy, context) => answer(context) };
}
