import { jsonValue } from '../../contract/json-value.ts';
import type { Plan } from '../../contract/plan.ts';
import type { PriceLookup } from '../../contract/prices.ts';
import { priceUsage } from '../../contract/pricing/price-usage.ts';
import { isObject } from '../../observe/otlp/any-value.ts';
import type { UpstreamRequest } from '../../observe/proxy/upstream.ts';

type Asked = Pick<UpstreamRequest, 'provider' | 'wire' | 'body'>;

const OUTPUT_LIMITS = ['max_tokens', 'max_completion_tokens', 'max_output_tokens'];

/**
 * The most that a call may cost, in nano-USD. No token is shorter than a byte, so the bytes of the request bound its
 * input; its output is bounded by the request itself, else by `caps.outputTokens`.
 * @returns undefined when the model has no price, or nothing bounds the output
 */
export function callCeiling(plan: Plan, priceOf: PriceLookup): (asked: Asked) => bigint | undefined {
  const sources = { priceOf, pricing: plan.pricing, date: plan.evaluatedAt.slice(0, 10) };
  return ({ provider, wire, body }) => {
    const output = outputLimit(body) ?? plan.caps.outputTokens;
    if (output === undefined) return undefined;
    const none = { cacheRead: undefined, cacheWrite: undefined, cacheWriteLong: undefined, reasoning: undefined };
    const usage = { ...none, input: Math.max(1, body.length), output };
    const call = {
      provider,
      requestedModel: wire.model,
      servedModel: undefined,
      serviceTier: undefined,
      error: undefined,
    };
    const { costNanoUsd } = priceUsage(usage, call, sources);
    return costNanoUsd === undefined ? undefined : BigInt(costNanoUsd);
  };
}

/** Tokens of all answers that the request asks for; undefined = it states no limit. */
function outputLimit(body: Uint8Array): number | undefined {
  const value = jsonValue(new TextDecoder().decode(body));
  if (!isObject(value)) return undefined;
  const limits = OUTPUT_LIMITS.flatMap((name) => positive(value[name]) ?? []);
  return limits.length === 0 ? undefined : Math.max(...limits) * (positive(value['n']) ?? 1);
}

function positive(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? value : undefined;
}
