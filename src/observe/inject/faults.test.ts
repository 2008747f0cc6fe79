import { describe, expect, it } from 'vitest';
import { FAULT_FORMS } from '../../contract/drill-schedule.ts';
import { FAULT_IDS, FAULT_PACKS, TOOL_SERVER_FAULT } from '../../contract/faults.ts';
import type { Delivery } from '../wire/delivery.ts';
import { WIRE_APIS } from '../wire/wire-api.ts';
import { FAULTS } from './catalogue.ts';
import { COMPOSED } from './composed.ts';
import { healthyCase, readAs } from './testing/healthy-case.ts';

const CASES = WIRE_APIS.flatMap((api) => [true, false].map((isStream) => ({ api, isStream })));
const FORMS = FAULTS.flatMap((fault) => fault.forms.map((form) => ({ id: fault.id, ...form })));

/** The catalogue of forty in the facts on reliability, read 2026-11-21, by number. */
const CATALOGUE: readonly (readonly string[])[] = [
  ['conn-refused'],
  ['dns-fail'],
  ['conn-reset'],
  ['tls-error'],
  ['header-stall'],
  ['slow-ttfb'],
  ['stream-stall'],
  ['stream-stall-keepalive'],
  ['slow-drip'],
  ['stream-truncate-clean'],
  ['stream-truncate-midframe'],
  ['stream-reset'],
  ['body-truncate'],
  ['stream-error-event'],
  ['error-in-200'],
  ['http-500', 'http-502-html', 'http-503', 'http-504'],
  ['overloaded-529'],
  ['rate-limit-429'],
  ['rate-limit-hostile'],
  ['quota-exhausted'],
  ['auth-revoked'],
  ['model-gone'],
  ['context-overflow'],
  ['content-filtered'],
  ['refusal'],
  ['empty-choices'],
  ['cut-by-length'],
  ['malformed-json'],
  ['schema-drift'],
  ['structured-output-invalid'],
  ['tool-args-invalid'],
  ['tool-unknown', 'tool-missing', 'tool-duplicate'],
  ['model-swapped'],
  ['quality-corrupt'],
  ['no-usage'],
  ['brownout'],
  ['outage-all'],
  ['correlated-outage'],
  ['fallback-rejects'],
  ['recovery'],
];

describe('the catalogue of faults', () => {
  it('has all forty of the facts, under their numbers, and ids that manifests may name', () => {
    expect(CATALOGUE).toHaveLength(40);
    expect([...CATALOGUE.flat(), TOOL_SERVER_FAULT].sort()).toEqual([...FAULT_IDS].sort());
    for (const { id, number } of FAULTS) expect(CATALOGUE[number - 1], id).toContain(id);
    expect([...FAULTS.map(({ id }) => id), ...COMPOSED, TOOL_SERVER_FAULT].sort()).toEqual([...FAULT_IDS].sort());
  });

  it('has as many forms as plans count on, each with a name of its own', () => {
    for (const { id, forms } of FAULTS) {
      expect(forms.length, id).toBe(FAULT_FORMS[id] ?? 1);
      expect(new Set(forms.map(({ name }) => name)).size, id).toBe(forms.length);
    }
    expect(FAULT_IDS).toEqual(expect.arrayContaining(Object.keys(FAULT_FORMS)));
  });

  it.each(CASES)('changes every answer of $api in every form, streamed: $isStream', ({ api, isStream }) => {
    const { healthy, context } = healthyCase(api, isStream);
    for (const { id, name, apply } of FORMS) {
      const spoilt = apply(healthy, context);
      expect(spoilt, `${id}/${name}`).toBeDefined();
      expect(spoilt, `${id}/${name}`).not.toEqual(healthy);
    }
  });

  it.each(CASES)('leaves no whole answer of $api where the wire breaks, streamed: $isStream', ({ api, isStream }) => {
    const { healthy, context } = healthyCase(api, isStream);
    expect(readAs(healthy, context).isComplete).toBe(true);
    const whole = new Set<string>([...FAULT_PACKS.semantic, ...FAULT_PACKS.tools, 'slow-ttfb', 'slow-drip']);
    for (const { id, name, apply } of FORMS.filter((form) => !whole.has(form.id))) {
      const spoilt = apply(healthy, context);
      if (spoilt !== undefined && spoilt.start === 'answer')
        expect(readAs(spoilt, context).isComplete, `${id}/${name}`).toBe(false);
    }
  });

  it('waits for a healthy answer only where it looks at it, and leaves a refusal as it is where it does', () => {
    const { context } = healthyCase('openai.chat', true);
    const nothing: Delivery = {
      start: 'answer',
      headersAfterMs: 0,
      status: 200,
      headers: {},
      frames: [],
      end: 'clean',
    };
    const refusal = context.format.writeError('server-error', { model: 'model-1' });
    for (const { id, name, needsHealthy, apply } of FORMS) {
      const found = needsHealthy ? apply(refusal, context) : apply(nothing, context);
      expect(found === undefined, `${id}/${name}`).toBe(needsHealthy);
    }
  });

  it.each(CASES)('breaks no tool and no JSON of $api where there is none, streamed: $isStream', ({ api, isStream }) => {
    const { healthy, context } = healthyCase(api, isStream, { text: 'Risk: medium.', toolCalls: [], finish: 'stop' });
    const unmet = FORMS.filter(({ apply }) => apply(healthy, context) === undefined).map(({ id }) => id);
    const ofTools = FAULT_PACKS.tools.filter((id) => id !== TOOL_SERVER_FAULT);
    expect([...new Set(unmet)].sort()).toEqual([...ofTools, 'structured-output-invalid'].sort());
  });
});
