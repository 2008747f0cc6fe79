/** Why an attempt was not the last one, in the order in which they are told. */
export const CAUSES = ['rate limit', 'server error', 'timeout', 'other', 'not told'] as const;
export type Cause = (typeof CAUSES)[number];

/**
 * Statuses, class names and codes that providers, clients and gateways record as the type of an error. First match
 * counts: 504 says that a gateway waited in vain. Sources, read 2026-11-25: OpenTelemetry `error.type` (status code or
 * class name), error classes of the OpenAI and Anthropic clients, error types of their APIs, google.rpc.Code.
 */
const PATTERNS: readonly (readonly [Exclude<Cause, 'other' | 'not told'>, RegExp])[] = [
  ['timeout', /time[d ._-]?out|deadline|\b(?:408|504)\b/i],
  ['rate limit', /rate[ ._-]?limit|throttl|too[ ._-]?many[ ._-]?requests|quota|resource[ ._-]?exhausted|\b429\b/i],
  ['server error', /\b5\d\d\b|server[ ._-]?error|overloaded|unavailable|bad[ ._-]?gateway|internal/i],
];

/** Undefined: the attempt did not fail, what it gave was not accepted. */
export function causeOf(error: string | undefined): Cause {
  if (error === undefined) return 'other';
  return PATTERNS.find(([, pattern]) => pattern.test(error))?.[0] ?? 'other';
}
