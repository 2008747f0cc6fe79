import { describe, expect, it } from 'vitest';
import { toldError } from './told-failure.ts';

describe('toldError', () => {
  it.each<unknown>([
    'Error: no such order',
    'Error\nno such order',
    '{"error":"no plan","status":500}',
    '{ "error": { "code": 7 } }',
    '{"success":false,"reason":"card declined"}',
    '{"id":7, "ok" : false}',
    '{"isError":true,"content":[]}',
    [{ type: 'text', text: 'Error: no such order' }],
    [
      { type: 'text', text: '{"success":false}' },
      { type: 'text', text: 'more' },
    ],
    { success: false },
    { error: { code: 7 } },
    { type: 'json', value: { ok: false } },
    { type: 'text', value: 'Error: no such order' },
  ])('is so of %j', (content) => {
    expect(toldError(content)).toBe('told_error');
  });

  it.each<unknown>([
    undefined,
    null,
    7,
    '',
    'Errors are listed below',
    'No error',
    '{"error":null,"id":1}',
    '{"error":"","id":1}',
    '{"error":{},"id":1}',
    '{"id":1,"error":"in a field of many"}',
    '{"success":true}',
    '{"success":"false"}',
    '{"success":false',
    '{"result":{"success":false}}',
    '{"status":"failed"}',
    '["success", false]',
    'It says "ok": false',
    [],
    [{ type: 'image' }],
    [
      { type: 'text', text: 'done' },
      { type: 'text', text: 'Error: of another part' },
    ],
    { type: 'json', value: { ok: true } },
    { type: 'json', value: null },
  ])('is not so of %j', (content) => {
    expect(toldError(content)).toBeUndefined();
  });

  it('does not look through an answer that is long', () => {
    const long = (length: number) => JSON.stringify({ success: false, why: 'x'.repeat(length) });
    expect(toldError(long(3_000))).toBe('told_error');
    expect(toldError(long(4_000))).toBeUndefined();
  });
});
