import type { FaultContext } from '../../proxy/injected-fault.ts';
import type { Delivery } from '../../wire/delivery.ts';
import type { ReadAnswer, WireAnswer, WireApi, WireRequest } from '../../wire/wire-api.ts';
import { WIRE_FORMATS } from '../../wire/wire-formats.ts';
import { bodyOf } from '../altered.ts';

/** An answer with everything in it that a fault can break. */
const ANSWER: WireAnswer = {
  id: 'a1',
  model: 'model-1',
  text: '{"risk":"medium","reason":"two chargebacks within thirty days"}',
  toolCalls: [{ id: 't1', name: 'get_case', args: '{"case":"C-1","depth":2}' }],
  finish: 'tool_calls',
  usage: { input: 120, output: 30, cacheRead: 0 },
};

/** A healthy answer of a format, and the request that it answers. */
export interface HealthyCase {
  readonly healthy: Delivery;
  readonly context: FaultContext;
}

/** @param answer what differs from the answer with everything in it */
export function healthyCase(api: WireApi, isStream: boolean, answer: Partial<WireAnswer> = {}): HealthyCase {
  const request: WireRequest = {
    api,
    model: 'model-1',
    isStream,
    isUsageStreamed: true,
    messages: [],
    tools: ['get_case'],
    parameters: [],
  };
  const format = WIRE_FORMATS[api];
  const healthy = format.writeAnswer({ ...ANSWER, ...answer }, request, { firstMs: 40, betweenMs: 7 });
  return { healthy, context: { request, format } };
}

/** What a strict client reads of a delivery. */
export function readAs(delivery: Delivery, { request, format }: FaultContext): ReadAnswer {
  return format.readAnswer({ ...delivery, body: bodyOf(delivery), isStream: request.isStream });
}
