import { describe, expect, it } from 'vitest';
import { compileSchema } from './json-schema.ts';

describe('compileSchema', () => {
  it.each([
    ['date', '2026-02-28', '2026-02-30'],
    ['date', '2026-02-28', '28.02.2026'],
    ['date-time', '2026-02-28T10:00:00Z', '2026-02-28'],
    ['time', '10:00:00Z', '25:00:00Z'],
    ['duration', 'PT5M', '5 minutes'],
    ['uuid', '123e4567-e89b-12d3-a456-426614174000', '123'],
    ['ipv4', '10.0.0.1', '10.0.0.256'],
  ])('holds a %s against its format: %s, not %s', async (format, good, bad) => {
    const isValid = await compileSchema({ type: 'object', properties: { a: { type: 'string', format } } });
    expect([isValid({ a: good }), isValid({ a: bad })]).toEqual([true, false]);
  });

  it.each(['email', 'iban', 'int64'])('takes the format %s as a remark', async (format) => {
    const isValid = await compileSchema({ type: 'string', format });
    expect(isValid('[email:0a1b2c3d]')).toBe(true);
  });

  it.each(['date', 'time', 'date-time', 'duration', 'uuid', 'ipv4'])(
    'reads a %s in time that grows with its length',
    async (format) => {
      const isValid = await compileSchema({ type: 'string', format });
      for (const part of ['1', '1.', 'P1Y', '-', 'T', ':', '2026-01-01T', '0']) {
        expect(isValid(part.repeat(200_000))).toBe(false);
      }
    },
  );

  it.each([[7], ['text'], [null], [[]]])('refuses %j, which is no schema', async (schema) => {
    await expect(compileSchema(schema)).rejects.toThrow('JSON schema');
  });
});
