import { EVERY_REQUEST } from '../otlp/aliases.ts';
import type { JsonObject } from '../otlp/any-value.ts';
import { textIn } from './fields.ts';

/** Members that tracers keep among the parameters of a request and that are none. */
const NO_PARAMETERS: ReadonlySet<string> = new Set([
  ...['messages', 'model_name', '_type', 'id', 'object', 'created_at', 'status', 'error', 'incomplete_details'],
  ...[
    'instructions',
    'input',
    'output',
    'metadata',
    'billing',
    'usage',
    'extra_headers',
    'default_headers',
    'api_base',
  ],
  ...['system', 'prompt', 'finishReason', 'maxRetries', 'max_retries', 'timeout', 'maxSteps', 'mode', 'user'],
]);

/** Names of the parameters of a request, in order; undefined = none is recorded, which may be because none was kept. */
export function parameterNames(parameters: JsonObject | undefined): readonly string[] | undefined {
  const given = Object.entries(parameters ?? {}).filter(([, value]) => value !== null);
  if (given.length === 0) return undefined;
  return given
    .map(([name]) => name)
    .filter((name) => !EVERY_REQUEST.has(name) && !NO_PARAMETERS.has(name))
    .sort();
}

/** The tier that answered, or the one that was asked for. `auto` leaves it to the provider, and says nothing. */
export function serviceTierIn(...records: readonly (JsonObject | undefined)[]): string | undefined {
  return records
    .map((record) => textIn(record, 'service_tier', 'serviceTier'))
    .find((tier) => tier !== undefined && tier !== 'auto');
}
