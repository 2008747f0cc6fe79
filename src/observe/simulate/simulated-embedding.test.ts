import { describe, expect, it } from 'vitest';
import { OPENAI_EMBEDDINGS } from '../wire/openai-embeddings.ts';
import { receivedOf } from '../wire/testing/received.ts';
import { parseScript } from './parse-script.ts';
import { createSimulatedProvider } from './simulated-provider.ts';

const { script } = parseScript('rules: [{ answer: { text: hi } }]', 's.yaml');

/** What a simulated provider answers to a request body. */
function answered(body: object, index = 0) {
  const request = OPENAI_EMBEDDINGS.readRequest(body);
  if (request === undefined || script === undefined) throw new Error('no request');
  const provider = createSimulatedProvider(script, { seed: 1 });
  const delivery = provider.answer(request, { provider: 'openai', runId: 'r', index });
  const text = Buffer.concat(delivery.frames.map(({ bytes }) => bytes)).toString('utf8');
  return { delivery, request, body: JSON.parse(text) };
}

const vectorsOf = (input: unknown, more: object = {}): number[][] =>
  answered({ model: 'e', input, ...more }).body.data.map(({ embedding }: { embedding: number[] }) => embedding);
const dot = (a: readonly number[] = [], b: readonly number[] = []) =>
  a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);

describe('embeddings of the simulated provider', () => {
  it('are the same for the same text at any time, of length 1, and near for texts that share words', () => {
    const input = ['refund of a charge', 'a refund of one charge', 'the weather today'];
    const [first, near, far] = vectorsOf(input);
    expect([first?.length, vectorsOf(input[0])[0]]).toEqual([1536, first]);
    for (const vector of [first, near, far]) expect(dot(vector, vector)).toBeCloseTo(1, 5);
    expect(dot(first, near)).toBeGreaterThan(dot(first, far) + 0.3);
  });

  it('have as many places as were asked for, and in base64 the same values', () => {
    const [plain = []] = vectorsOf('a b c', { dimensions: 8 });
    const { body } = answered({ model: 'e', input: 'a b c', dimensions: 8, encoding_format: 'base64' });
    const bytes = Buffer.from(body.data[0].embedding, 'base64');
    expect(plain).toHaveLength(8);
    expect(plain.map((_, i) => bytes.readFloatLE(i * 4))).toEqual(plain);
  });

  it.each(['', [], [[1, 2]], [1, 2, 3], '\uD800'])('take %j, too', (input) => {
    const vectors = vectorsOf(input, { dimensions: 4 });
    expect(vectors).toHaveLength(Array.isArray(input) && input.length === 0 ? 0 : 1);
    for (const vector of vectors) expect(dot(vector, vector)).toBeCloseTo(1, 5);
  });

  it('read as whole answers with their tokens', () => {
    const { delivery, request } = answered({ model: 'e', input: ['12345678', 'abc'] });
    expect(OPENAI_EMBEDDINGS.readAnswer(receivedOf(delivery, false))).toMatchObject({
      ...{ model: 'e', isComplete: true, error: undefined, usage: { input: 3, output: 0 } },
    });
    expect(request).toMatchObject({ isStream: false, messages: [{ role: 'user', text: '12345678' }, { text: 'abc' }] });
  });
});

describe('an answer of embeddings', () => {
  const read = (body: unknown) =>
    OPENAI_EMBEDDINGS.readAnswer({
      status: 200,
      headers: {},
      end: 'clean',
      isStream: false,
      body: JSON.stringify(body),
    });

  it.each([{}, { data: [] }, { data: [{}] }, { data: [{ embedding: [] }] }, { data: [{ embedding: '' }] }, [], null])(
    'is not whole without vectors: %j',
    (body) => {
      expect(read(body).isComplete).toBe(false);
    },
  );

  it('names the error in it', () => {
    expect(read({ error: { code: 'quota' } })).toMatchObject({ isComplete: false, error: 'quota' });
  });
});
