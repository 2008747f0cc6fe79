/**
 * Rules of the look at source code, by what they mean; described in `src/inspect/scan/rules`. `inventory` says what is
 * there and accuses nobody; `lock-in` makes it harder to leave a provider; `hygiene` makes a failure of the provider
 * worse than it must be.
 */
export const CODE_RULES = {
  inventory: ['provider-sdk', 'gateway-fallback', 'default-model', 'offered-tool'],
  'lock-in': [
    'scattered-sdk',
    'provider-endpoint',
    'region-literal',
    'model-id',
    'floating-model-id',
    'fine-tuned-model',
    'inference-profile',
    'azure-deployment',
    'hosted-state',
    'retired-api',
    'hosted-tool',
    'provider-feature',
  ],
  hygiene: [
    'missing-timeout',
    'retries-off-or-many',
    'layered-retries',
    'swallowed-error',
    'unchecked-stream',
    'unguarded-json-parse',
    'gateway-no-fallback',
  ],
} as const satisfies Readonly<Record<string, readonly string[]>>;
