import { describe, expect, it } from 'vitest';
import { apiOfPath } from './wire-formats.ts';

describe('the path of a request', () => {
  it.each([
    ['/messages', 'anthropic.messages'],
    ['/v1/messages', 'anthropic.messages'],
    ['/v1/v1/messages?beta=true', 'anthropic.messages'],
    ['/anthropic/v1/messages', 'anthropic.messages'],
    ['/chat/completions', 'openai.chat'],
    ['//v1//chat/completions/', 'openai.chat'],
    ['/openai/deployments/gpt-4o/chat/completions?api-version=2024-10-21', 'openai.chat'],
    ['/openai/v1/chat/completions', 'openai.chat'],
    ['/responses', 'openai.responses'],
    ['/v1/responses', 'openai.responses'],
    ['/openai/v1/responses?api-version=preview', 'openai.responses'],
    ['/v1/messages/count_tokens', undefined],
    ['/v1/threads/t1/messages', undefined],
    ['/v1/chat/completions/c1/messages', undefined],
    ['/v1/responses/r1/cancel', undefined],
    ['/v1/embeddings', 'openai.embeddings'],
    ['/openai/deployments/e/embeddings?api-version=1', 'openai.embeddings'],
    ['/v1/audio/speech', undefined],
    ['/?x=/v1/messages', undefined],
    ['', undefined],
  ])('%s asks for %s', (path, api) => {
    expect(apiOfPath(path)).toBe(api);
  });
});
