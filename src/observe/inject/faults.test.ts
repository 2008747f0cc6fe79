import { describe, expect, it } from 'vitest';
import { FAULT_IDS, FAULT_PACKS } from '../../contract/faults.ts';
import type { FaultContext } from '../proxy/injected-fault.ts';
import type { Delivery } from '../wire/delivery.ts';
import { WIRE_APIS, type WireAnswer, type WireApi, type WireRequest } from '../wire/wire-api.ts';
import { WIRE_FORMATS } from '../wire/wire-formats.ts';
import { bodyOf } from './altered.ts';
import { FAULTS } from './catalogue.ts';

const ANSWER: WireAnswer = {
  id: 'a1',
  model: 'model-1',
  text: '{"risk":"medium","reason":"two chargebacks within thirty days"}',
  toolCalls: [{ id: 't1', name: 'get_case', args: '{"case":"C-1","depth":2}' }],
  finish: 'tool_calls',
  usage: { input: 120, output: 30, cacheRead: 0 },
};

function healthyCase(api: WireApi, isStream: boolean): { healthy: Delivery; context: FaultContext } {
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
  return {
    healthy: format.writeAnswer(ANSWER, request, { firstMs: 0, betweenMs: 0 }),
    context: { request, format, random: () => 0.5 },
  };
}

const read = (delivery: Delivery, { request, format }: FaultContext) =>
  format.readAnswer({ ...delivery, body: bodyOf(delivery), isStream: request.isStream });

const CASES = WIRE_APIS.flatMap((api) => [true, false].map((isStream) => ({ api, isStream })));

describe('the catalogue of faults', () => {
  it('has the ids that manifests may name, and each once', () => {
    const composed: readonly string[] = FAULT_PACKS.fallback;
    expect([...FAULTS.map(({ id }) => id), ...composed].sort()).toEqual([...FAULT_IDS].sort());
    expect(new Set(FAULT_IDS).size).toBe(FAULT_IDS.length);
  });

  it.each(CASES)('changes every answer of $api, streamed: $isStream', ({ api, isStream }) => {
    const { healthy, context } = healthyCase(api, isStream);
    for (const fault of FAULTS) {
      const spoilt = fault.apply(healthy, context);
      expect(spoilt, fault.id).toBeDefined();
      expect(spoilt, fault.id).not.toEqual(healthy);
    }
  });

  it.each(CASES)('leaves no whole answer of $api where the wire breaks, streamed: $isStream', ({ api, isStream }) => {
    const { healthy, context } = healthyCase(api, isStream);
    expect(read(healthy, context).isComplete).toBe(true);
    const whole = new Set<string>([...FAULT_PACKS.semantic, ...FAULT_PACKS.tools, 'slow-ttfb', 'slow-drip']);
    for (const fault of FAULTS.filter(({ id }) => !whole.has(id))) {
      const spoilt = fault.apply(healthy, context);
      if (spoilt !== undefined && spoilt.start === 'answer')
        expect(read(spoilt, context).isComplete, fault.id).toBe(false);
    }
  });

  it('waits for a healthy answer only where it looks at it', () => {
    const { context } = healthyCase('openai.chat', true);
    const nothing: Delivery = {
      start: 'answer',
      headersAfterMs: 0,
      status: 200,
      headers: {},
      frames: [],
      end: 'clean',
    };
    for (const fault of FAULTS.filter(({ needsHealthy }) => !needsHealthy)) {
      expect(fault.apply(nothing, context), fault.id).toBeDefined();
    }
  });

  it.each([0, 0.34, 0.99])('draws a hostile wait that no client likes (%d)', (draw) => {
    const { healthy, context } = healthyCase('openai.chat', false);
    const fault = FAULTS.find(({ id }) => id === 'rate-limit-hostile');
    const wait = fault?.apply(healthy, { ...context, random: () => draw })?.headers['retry-after'];
    expect(['3600', '0', 'Wed, 21 Oct 2015 07:28:00 GMT']).toContain(wait);
  });
});
