import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fillRequest, type RequestTemplate } from './request-template.ts';

const RUN = {
  runId: 'run 1',
  baseUrl: 'http://127.0.0.1:9/r/x',
  traceParent: `00-${'1'.repeat(32)}-${'2'.repeat(16)}-01`,
};
const anyText = fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)) });
const template = (more: Partial<RequestTemplate>): RequestTemplate => {
  return { method: 'POST', path: '/', headers: {}, body: undefined, ...more };
};

describe('a request', () => {
  it('holds the input as it is where a string is the placeholder alone, and as text within a string', () => {
    const body = { a: '{input}', b: ['case {input} of {runId}', 1, null], '{input}': true };
    const filled = fillRequest(template({ body }), { id: 7 }, RUN);
    expect(JSON.parse(filled.body ?? '')).toEqual({
      a: { id: 7 },
      b: ['case {"id":7} of run 1', 1, null],
      '{input}': true,
    });
    expect(filled.headers).toMatchObject({ 'content-type': 'application/json' });
  });

  it('keeps the input inside its place in the path', () => {
    fc.assert(
      fc.property(anyText, (input) => {
        const { path } = fillRequest(template({ path: '/cases/{input}/notes?run={runId}' }), input, RUN);
        const [, cases, id = '', rest] = path.split('/');
        expect([cases, decodeURIComponent(id), rest]).toEqual([
          'cases',
          input.replace(/\p{Surrogate}/gu, '\uFFFD'),
          'notes?run=run%201',
        ]);
      }),
    );
  });

  it('does not fill in an input again', () => {
    const filled = fillRequest(template({ body: 'x {input}' }), '{runId} {input} $&', RUN);
    expect(filled.body).toBe('"x {runId} {input} $&"');
  });

  it('cannot be made to belong to another run', () => {
    const { headers } = fillRequest(template({ headers: { 'X-Aigate-Run-Id': 'other', Accept: 'a/b' } }), '', RUN);
    expect(headers).toEqual({
      'accept-encoding': 'identity',
      accept: 'a/b',
      'x-aigate-run-id': 'run 1',
      'x-aigate-base-url': RUN.baseUrl,
      traceparent: RUN.traceParent,
    });
  });
});
