import { type CheckResult, defineCheck, OBSERVED_KINDS } from '../../../src/contract/check.ts';
import { maximum } from '../../../src/contract/limit.ts';
import type { MissingInput } from '../../../src/contract/measure.ts';
import { listNames, showName } from '../../../src/contract/name-counts.ts';
import { quantity } from '../../../src/contract/quantity.ts';
import type { Open } from '../../../src/contract/statistics/drift.ts';
import { runsWithoutCalls, UNSEEN_CALLS } from '../../../src/contract/unseen-calls.ts';
import { refsOf, witnessesOf } from '../../../src/contract/witness.ts';
import { declaredRoutes } from '../declared-routes.ts';
import { mergeAll } from '../difference.ts';
import requestParameters, { type RequestParameters } from '../measures/request-parameters.ts';
import { countsOf } from '../named-places.ts';
import { type Compatibility, compatibilityOf } from '../request-shape.ts';
import { UNSEEN_FAILURES } from '../unseen-failures.ts';

export default defineCheck({
  meta: {
    id: 'provider-dependency/request-compatibility',
    title: 'Every fallback takes the request parameters that the primary is sent',
    severity: 'advisory',
    why: 'A fallback that refuses a parameter of the request answers the first call of an outage with an error: the switch works and the workload is down all the same.',
    remediation: [
      'Leave the named parameters out of the requests to the fallback, or translate them, in the adapter or gateway that switches.',
      'Make the primary fail on purpose and record how the fallback answers, with its request parameters.',
      'Test again.',
    ],
    controls: [
      'NIST-AI-RMF:MANAGE-2.4',
      'NIST-AI-RMF:MANAGE-3.1',
      'ISO-42001:A.6.2.4',
      'ISO-42001:A.10.3',
      'SOC2:A1.2',
    ],
    kinds: OBSERVED_KINDS,
    subject: 'fallback',
    since: '2026-11-25',
  },
  needs: { requests: requestParameters },
  limits: {
    parameters: maximum({
      unit: 'count',
      isInteger: true,
      fallback: 0,
      description: 'Request parameters of the primary that a fallback is known not to take, over all fallbacks',
    }),
  },
  evaluate({ requests }, limits, { plan }): CheckResult {
    const [, ...fallbacks] = declaredRoutes(plan.models);
    const shapes = fallbacks.map((route, index) => compatibilityOf(route, requests, index));
    const refused = shapes.flatMap((shape) => shape.refused);
    const compared = {
      measured: { value: refused.length, unit: 'count' },
      limit: { value: limits.parameters, unit: 'count' },
      limitName: 'parameters',
      n: requests.primary.calls,
    } as const;
    const text = shapes.map(describe).join('; ');
    const sent = `${quantity(requests.primary.calls, 'call')} of the primary with ${listNames(countsOf(requests.primary.names)) || 'no parameter'}`;
    const message = `${text}; ${sent}`;
    if (refused.length > limits.parameters) {
      const evidence = witnessesOf(refused.flatMap(({ at }) => at));
      return { outcome: 'fail', ...compared, message, evidence };
    }
    const open = whyOpen(shapes, requests);
    if (open === undefined) {
      const evidence = refsOf(mergeAll(requests.primary.names.names.map(([, , at]) => at)));
      return { outcome: 'pass', ...compared, message, evidence };
    }
    return {
      outcome: 'inconclusive',
      ...compared,
      message: `${message}; ${open.what}`,
      missing: open.missing,
      evidence: refsOf(open.at),
    };
  },
});

const UNRECORDED: MissingInput = {
  input: 'request parameters of model calls',
  remedy: 'Record the request parameters of every model call as gen_ai.request.* attributes.',
};

/** Why it does not pass although too little is refused to fail, or undefined when it does. */
function whyOpen(shapes: readonly Compatibility[], requests: RequestParameters): Open | undefined {
  const { primary, runs } = requests;
  if (primary.unrecorded > 0) {
    const what = `${quantity(primary.unrecorded, 'call')} without recorded parameters`;
    return { what, missing: UNRECORDED, at: primary.unrecordedAt };
  }
  if (primary.names.total === 0) {
    const seen = `no request parameter of the primary is recorded in ${quantity(runs, 'run')}`;
    return { what: `${seen}: whether none was sent cannot be told`, missing: UNRECORDED, at: [] };
  }
  const open = shapes.filter(({ isUnknown, undecided }) => isUnknown || undecided.length > 0);
  if (open.length > 0) {
    const what = `not shown for ${open.map(({ route }) => route.path).join(', ')}`;
    return { what, missing: UNSEEN_FAILURES, at: open.flatMap(({ undecided }) => undecided.flatMap(({ at }) => at)) };
  }
  if (requests.runsWithoutCalls === 0) return undefined;
  return { what: runsWithoutCalls(requests.runsWithoutCalls), missing: UNSEEN_CALLS, at: requests.withoutCallsAt };
}

function describe({ route, refused, undecided, isUnknown }: Compatibility): string {
  const name = `${route.path} (${showName(route.model)})`;
  const list = (parameters: readonly { readonly name: string }[]) =>
    parameters.map((parameter) => showName(parameter.name)).join(', ');
  if (isUnknown) return `${name}: nothing is known of what ${showName(route.provider)} takes`;
  const parts = [
    refused.length > 0 ? `does not take ${list(refused)}` : '',
    undecided.length > 0
      ? `does not take ${list(undecided)}, which only some calls carry and no recorded answer of it did`
      : '',
  ].filter((part) => part !== '');
  return `${name} ${parts.length > 0 ? parts.join(', ') : 'is not known to refuse any'}`;
}
