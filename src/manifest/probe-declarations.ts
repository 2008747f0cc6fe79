import { PROBE_KINDS, type ProbePlan } from '../contract/probe.ts';
import { chosenScenarios, type KnownScenario } from './chosen-scenarios.ts';
import { jsonTexts } from './json-texts.ts';
import type { ManifestInput } from './schema/manifest-schema.ts';

type ProbesInput = NonNullable<NonNullable<ManifestInput['live']>['probes']>;

const RUNS = 3;

/** The contract's form of `live.probes`, with its defaults. */
export function toProbes(given: ProbesInput, scenarios: readonly KnownScenario[]): ProbePlan {
  return {
    kinds: PROBE_KINDS.filter((kind) => given.kinds.includes(kind)),
    runs: given.runs ?? RUNS,
    scenarios: given.scenarios ?? chosenScenarios(scenarios),
    env: given.env ?? {},
    refusals: jsonTexts(given.refusals ?? {}),
  };
}
