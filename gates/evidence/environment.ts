/** Parts of environment names that say that no real traffic is served there. */
const NOT_PRODUCTION = new Set([
  ...['stage', 'staging', 'stg', 'test', 'testing', 'tests', 'qa', 'uat', 'dev', 'develop', 'development', 'local'],
  ...['localhost', 'sandbox', 'synthetic', 'demo', 'ci', 'preview', 'preprod', 'pre', 'nonprod', 'non', 'simulation'],
  ...[
    'integration',
    'int',
    'e2e',
    'perf',
    'performance',
    'load',
    'loadtest',
    'bench',
    'benchmark',
    'acceptance',
    'lab',
  ],
  ...['trial', 'poc', 'mock', 'experiment', 'experimental'],
]);

/**
 * Whether a recorded `deployment.environment.name` names an environment that is certainly not production, such as
 * `staging`, `eu-test-2` or `pre-prod`. Any other name may be production: what it means is the owner's to know.
 */
export function isNotProduction(environment: string): boolean {
  return environment
    .toLowerCase()
    .split(/[^a-z]+/)
    .some((part) => NOT_PRODUCTION.has(part));
}
