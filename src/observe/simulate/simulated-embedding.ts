import { createHash } from 'node:crypto';
import type { WireAnswer, WireRequest } from '../wire/wire-api.ts';

/** Of text-embedding-3-small, read 2026-11-25. */
const DEFAULT_DIMENSIONS = 1_536;
const MOST_DIMENSIONS = 8_192;
/** OpenAI's rule of thumb for English. */
const CHARACTERS_PER_TOKEN = 4;

/**
 * Vectors of length 1 for the texts of a request, always the same ones; texts that share words are near each other, so that
 * a search in them finds what it should.
 */
export function simulatedEmbedding({ messages, model, embedding }: WireRequest, id: string): WireAnswer {
  const dimensions = Math.min(MOST_DIMENSIONS, Math.max(1, embedding?.dimensions ?? DEFAULT_DIMENSIONS));
  const data = messages.map(({ text }, index) => {
    const vector = vectorOf(text, dimensions);
    return { object: 'embedding', index, embedding: embedding?.isBase64 === true ? packed(vector) : [...vector] };
  });
  const tokens = messages.reduce((sum, { text }) => sum + Math.ceil(text.length / CHARACTERS_PER_TOKEN), 0);
  return {
    id: `embd_${id}`,
    model: model ?? 'simulated',
    text: JSON.stringify(data),
    toolCalls: [],
    finish: 'stop',
    usage: { input: tokens, output: 0, cacheRead: 0 },
  };
}

/** Each word adds to the place and with the sign that its hash names. */
function vectorOf(text: string, dimensions: number): Float32Array {
  const vector = new Float32Array(dimensions);
  for (const [word] of text.toLowerCase().matchAll(/[\p{L}\p{N}]+/gu)) {
    const digest = createHash('sha256').update(word).digest();
    const place = digest.readUInt32LE() % dimensions;
    vector[place] = (vector[place] ?? 0) + (digest.readUInt8(4) % 2 === 0 ? 1 : -1);
  }
  const length = Math.hypot(...vector);
  if (length === 0) return vector.fill(1 / Math.sqrt(dimensions));
  return vector.map((value) => value / length);
}

/** As the SDK asks for it: little-endian single floats in base64. */
function packed(vector: Float32Array): string {
  const bytes = Buffer.alloc(vector.length * Float32Array.BYTES_PER_ELEMENT);
  for (const [index, value] of vector.entries()) bytes.writeFloatLE(value, index * Float32Array.BYTES_PER_ELEMENT);
  return bytes.toString('base64');
}
