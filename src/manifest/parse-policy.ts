import type { AnyCheck } from '../contract/check.ts';
import type { Policy } from '../contract/manifest.ts';
import { declaredChecks } from './declared-checks.ts';
import { toBudget } from './live-declarations.ts';
import { readConfig } from './read-config.ts';
import { policySchema } from './schema/policy-schema.ts';
import { toPrices } from './schema/prices-schema.ts';
import type { SourceFile } from './source-file.ts';

/**
 * Reads a policy. Pure. `via` says how it came to apply.
 * @throws AigateError YAML_SYNTAX or CONFIG_INVALID; its `problems` are all there are, in the order of the text
 */
export function parsePolicy(source: SourceFile, via: Policy['via'], catalogue: readonly AnyCheck[]): Policy {
  const config = readConfig(source, policySchema(catalogue));
  const { catalogue: date, lowestLane, kinds, stages, prices, requiredScenarios, live } = config.value;
  return {
    path: source.path,
    sha256: source.sha256,
    via,
    catalogue: date,
    lowestLane,
    checks: declaredChecks(config, catalogue),
    kinds: kinds ?? {},
    rules: stages?.pr === undefined ? undefined : { pr: stages.pr },
    requiredScenarios: requiredScenarios ?? [],
    prices: toPrices(prices),
    liveBudget: toBudget(live?.budget),
  };
}
