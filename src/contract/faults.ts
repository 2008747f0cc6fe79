/**
 * Ids of the faults that can be injected, by pack; the order is that of the catalogue. What each sends is in
 * `src/observe/inject`, and a test holds both to the same ids.
 */
export const FAULT_PACKS = {
  network: ['conn-refused', 'dns-fail', 'conn-reset', 'tls-error', 'header-stall', 'slow-ttfb'],
  stream: [
    'stream-stall',
    'stream-stall-keepalive',
    'slow-drip',
    'stream-truncate-clean',
    'stream-truncate-midframe',
    'stream-reset',
    'body-truncate',
    'stream-error-event',
  ],
  http: [
    'error-in-200',
    'http-500',
    'http-502-html',
    'http-503',
    'http-504',
    'overloaded-529',
    'rate-limit-429',
    'rate-limit-hostile',
    'quota-exhausted',
    'auth-revoked',
    'model-gone',
    'context-overflow',
  ],
  semantic: [
    'content-filtered',
    'refusal',
    'empty-choices',
    'cut-by-length',
    'malformed-json',
    'schema-drift',
    'structured-output-invalid',
    'model-swapped',
    'quality-corrupt',
    'no-usage',
  ],
  tools: ['tool-args-invalid', 'tool-unknown', 'tool-missing', 'tool-duplicate', 'tool-commit-timeout'],
  fallback: ['brownout', 'outage-all', 'correlated-outage', 'fallback-rejects', 'recovery'],
} as const;

/** Faults that occur often and show most, in under two minutes. */
const DEFAULT_PACK = [
  'header-stall',
  'stream-stall',
  'stream-stall-keepalive',
  'stream-truncate-clean',
  'stream-error-event',
  'overloaded-529',
  'rate-limit-429',
  'rate-limit-hostile',
  'quota-exhausted',
  'model-gone',
  'empty-choices',
  'cut-by-length',
  'structured-output-invalid',
  'tool-args-invalid',
  'outage-all',
] as const;

/** The one fault that meets a call of a tool and not one of a model: the tool does what was asked and never answers. */
export const TOOL_SERVER_FAULT = 'tool-commit-timeout';

export const FAULT_IDS: readonly string[] = Object.values(FAULT_PACKS).flat();

export const PACK_NAMES = ['default', 'network', 'stream', 'http', 'semantic', 'tools', 'fallback', 'all'] as const;
export type PackName = (typeof PACK_NAMES)[number];

/** Ids of the faults of a pack, in the order of the catalogue. */
export function faultsOfPack(pack: PackName): readonly string[] {
  switch (pack) {
    case 'default':
      return DEFAULT_PACK;
    case 'all':
      return FAULT_IDS;
    case 'network':
    case 'stream':
    case 'http':
    case 'semantic':
    case 'tools':
    case 'fallback':
      return FAULT_PACKS[pack];
  }
}
