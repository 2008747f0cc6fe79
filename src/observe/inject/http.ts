import type { WireErrorKind } from '../wire/wire-api.ts';
import { htmlPage, refused } from './altered.ts';
import { type Apply, blind, type Fault, type FaultForm, faultOf } from './fault.ts';

const GOES_ELSEWHERE = 'Repeats a bounded number of times with growing waits, then goes elsewhere';
const NEVER_REPEATS = 'Does not repeat the call, tells somebody, and goes elsewhere or stops';

/** An hour, no time at all, and a day that is long past. */
const HOSTILE_WAITS = { hour: '3600', nothing: '0', past: 'Wed, 21 Oct 2015 07:28:00 GMT' };

/** Pages of the networks before the providers. */
const GATEWAY_PAGES = {
  502: '502 Bad Gateway',
  520: '520: Web server is returning an unknown error',
  521: '521: Web server is down',
  522: '522: Connection timed out',
  523: '523: Origin is unreachable',
  524: '524: A timeout occurred',
};

const SERVER_ERROR = refused('server-error');
const ERROR = { number: 16, expect: GOES_ELSEWHERE };

/** Answers that refuse, in the provider's own body, status and headers. */
export const HTTP_FAULTS: readonly Fault[] = [
  faultOf(
    {
      id: 'error-in-200',
      number: 15,
      wire: 'Status 200 with an error as its body',
      expect: 'Looks at the shape of the answer',
    },
    blind({ error: withStatus(SERVER_ERROR, 200) }),
  ),
  faultOf({ ...ERROR, id: 'http-500', wire: 'Status 500' }, blind({ error: SERVER_ERROR })),
  faultOf(
    { ...ERROR, id: 'http-502-html', wire: 'Status 502, or 520 to 524, with a page of HTML' },
    blind(mapped(GATEWAY_PAGES, (title, status) => () => htmlPage(Number(status), title))),
  ),
  faultOf({ ...ERROR, id: 'http-503', wire: 'Status 503' }, blind({ error: withStatus(SERVER_ERROR, 503) })),
  faultOf(
    { ...ERROR, id: 'http-504', wire: 'Status 504 with a page of HTML' },
    blind({ page: () => htmlPage(504, '504 Gateway Time-out') }),
  ),
  faultOf(
    { ...ERROR, id: 'overloaded-529', number: 17, wire: "The provider's own words for being overloaded" },
    blind({ overloaded: refused('overloaded') }),
  ),
  faultOf(
    {
      id: 'rate-limit-429',
      number: 18,
      wire: 'Status 429 with retry-after: 1, as a limit of requests or as a call to slow down',
      expect: 'Waits as long as it is told, or goes elsewhere; never repeats in a storm',
    },
    blind({
      requests: refused('rate-limit', { retryAfter: '1' }),
      'slow-down': refused('slow-down', { retryAfter: '1' }),
    }),
  ),
  faultOf(
    {
      id: 'rate-limit-hostile',
      number: 19,
      wire: 'Status 429 with a wait of an hour, of nothing, or until a day that is past',
      expect: 'Bounds the wait at both ends',
    },
    blind(mapped(HOSTILE_WAITS, (retryAfter) => refused('rate-limit', { retryAfter }))),
  ),
  faultOf(
    {
      id: 'quota-exhausted',
      number: 20,
      wire: 'Quota, credit, or a limit of spend or use is used up, each with its own code',
      expect: NEVER_REPEATS,
    },
    refusals(['quota', 'credit-balance', 'organization-spend', 'project-spend', 'organization-usage']),
  ),
  faultOf(
    {
      id: 'auth-revoked',
      number: 21,
      wire: 'The key is refused, or may not do this',
      expect: `${NEVER_REPEATS}; no key in logs`,
    },
    refusals(['auth', 'forbidden']),
  ),
  faultOf(
    { id: 'model-gone', number: 22, wire: 'The model does not exist any more', expect: NEVER_REPEATS },
    refusals(['model-not-found']),
  ),
  faultOf(
    {
      id: 'context-overflow',
      number: 23,
      wire: 'The request is longer than the context window, or than anything that is accepted',
      expect: 'Shortens it or takes a larger model; does not repeat the same',
    },
    refusals(['context-length', 'too-large']),
  ),
];

function refusals(kinds: readonly WireErrorKind[]): readonly FaultForm[] {
  return blind(Object.fromEntries(kinds.map((kind) => [kind, refused(kind)])));
}

function withStatus(answer: Apply, status: number): Apply {
  return (healthy, context) => {
    const delivery = answer(healthy, context);
    return delivery && { ...delivery, status };
  };
}

function mapped(from: Readonly<Record<string, string>>, to: (value: string, name: string) => Apply) {
  return Object.fromEntries(Object.entries(from).map(([name, value]) => [name, to(value, name)]));
}
