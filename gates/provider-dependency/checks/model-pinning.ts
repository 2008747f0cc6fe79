import { type CheckResult, defineCheck, OBSERVED_KINDS } from '../../../src/contract/check.ts';
import { maximum } from '../../../src/contract/limit.ts';
import { manifestRef } from '../../../src/contract/manifest-ref.ts';
import { isFixedModel, modelName } from '../../../src/contract/model-name.ts';
import { showName } from '../../../src/contract/name-counts.ts';
import { quantity } from '../../../src/contract/quantity.ts';
import { formatNumber } from '../../../src/contract/units.ts';
import { runsWithoutCalls, UNSEEN_CALLS } from '../../../src/contract/unseen-calls.ts';
import { refsOf, type Witness, witnessesOf } from '../../../src/contract/witness.ts';
import { declaredRoutes } from '../declared-routes.ts';
import calledModels, { type RouteAnswers } from '../measures/called-models.ts';

export default defineCheck({
  meta: {
    id: 'provider-dependency/model-pinning',
    title: 'Every declared model is one version, by its name or by what answered',
    severity: 'advisory',
    why: 'A name without a version is pointed at another model overnight, without a release: what was tested is no longer what runs, and nobody is told.',
    remediation: [
      'Declare and request each named model under its version or date, not under its floating name.',
      'Where the provider offers no versions, record gen_ai.response.model on every call, so that a change is seen.',
      'Record runs with the version that is to ship and test again.',
    ],
    controls: [
      'NIST-AI-RMF:MANAGE-3.1',
      'NIST-AI-RMF:MANAGE-3.2',
      'ISO-42001:A.10.3',
      'ISO-42001:A.6.2.6',
      'SOC2:CC8.1',
      'OWASP-ASI:ASI04',
    ],
    kinds: OBSERVED_KINDS,
    subject: 'every-workload',
    since: '2026-11-25',
  },
  needs: { called: calledModels },
  limits: {
    drifting: maximum({
      unit: 'count',
      isInteger: true,
      fallback: 0,
      description: 'Declared models without a version that several versions answered for',
    }),
  },
  evaluate({ called }, limits, { plan }): CheckResult {
    const pins = declaredRoutes(plan.models).map(({ model, pointer }, index) => {
      const pin = pinOf(model, called.routes[index]);
      return { ...pin, at: [{ value: 1, ref: manifestRef(plan, `${pointer}/model`) }, ...pin.at] };
    });
    const of = (state: Pin['state']) => pins.filter((pin) => pin.state === state);
    const [drifting, unknown] = [of('drifting'), of('unknown')];
    const compared = {
      measured: { value: drifting.length, unit: 'count' },
      limit: { value: limits.drifting, unit: 'count' },
      limitName: 'drifting',
      n: called.runs,
    } as const;
    const message = [...drifting, ...unknown, ...of('pinned'), ...of('steady')].map(({ text }) => text).join('; ');
    if (drifting.length > limits.drifting) {
      return { outcome: 'fail', ...compared, message, evidence: witnessesOf(drifting.flatMap(({ at }) => at)) };
    }
    const evidence = refsOf((unknown.length > 0 ? unknown : drifting).flatMap(({ at }) => at));
    if (unknown.length > 0) return { outcome: 'inconclusive', ...compared, message, missing: UNSAID, evidence };
    if (of('pinned').length < pins.length && called.runsWithoutCalls > 0) {
      const gap = `${message}; ${runsWithoutCalls(called.runsWithoutCalls)}`;
      const places = refsOf(called.withoutCallsAt);
      return { outcome: 'inconclusive', ...compared, message: gap, missing: UNSEEN_CALLS, evidence: places };
    }
    return { outcome: 'pass', ...compared, message, evidence };
  },
});

const UNSAID = {
  input: 'the version of the model that answered',
  remedy: 'Declare the model under its version, or record gen_ai.response.model on every model call.',
};

/**
 * Whether one version stands behind a declared name. `pinned`: the name says which. `steady`: every answer says that it
 * came from the same one. `drifting`: they came from several.
 */
interface Pin {
  readonly state: 'pinned' | 'steady' | 'drifting' | 'unknown';
  readonly text: string;
  /** Answers that show it. */
  readonly at: readonly Witness[];
}

function pinOf(model: string, route: RouteAnswers | undefined): Pin {
  const name = showName(model);
  if (isFixedModel(model)) return { state: 'pinned', text: `${name} names its version`, at: [] };
  const answers = route?.answers ?? 0;
  if (route === undefined || answers === 0) {
    return { state: 'unknown', text: `${name} has no version in its name and no recorded answer`, at: [] };
  }
  const versioned = route.served.names.filter(([served]) => isFixedModel(served));
  const versions = [...new Set(versioned.map(([served]) => modelName(served)))].toSorted();
  const at = versioned.flatMap(([, , places]) => places.slice(0, 1));
  const listed = versions.map(showName).join(', ');
  if (versions.length > 1) {
    return {
      state: 'drifting',
      text: `${name} was answered by ${quantity(versions.length, 'version')}: ${listed}`,
      at,
    };
  }
  const said = versioned.reduce((sum, [, count]) => sum + count, 0);
  if (said < answers) {
    const text = `${formatNumber(answers - said)} of ${quantity(answers, 'answer')} by ${name} do not say which version gave them`;
    const unversioned = route.served.names
      .filter(([served]) => !isFixedModel(served))
      .flatMap(([, , places]) => places);
    return { state: 'unknown', text, at: [...route.unnamedAt, ...unversioned] };
  }
  return {
    state: 'steady',
    text: `${name} has no version in its name; ${listed} gave all of ${quantity(answers, 'answer')}`,
    at,
  };
}
