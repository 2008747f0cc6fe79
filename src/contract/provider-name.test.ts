import { describe, expect, it } from 'vitest';
import { isKnownProvider, providerId } from './provider-name.ts';

describe('providerId', () => {
  it.each([
    ['azure.ai.openai', 'azure'],
    ['az.ai.openai', 'azure'],
    ['x_ai', 'x-ai'],
    ['xai', 'x-ai'],
    ['aws.bedrock', 'aws'],
    ['gcp.gemini', 'google'],
    ['gcp.vertex_ai', 'google'],
    ['mistral_ai', 'mistral'],
    [' OpenAI ', 'openai'],
  ])('reads %s as %s', (name, id) => {
    expect(providerId(name)).toBe(id);
  });

  it('does not guess: a proxy with a provider in its name is itself', () => {
    expect(providerId('my-openai-proxy')).toBe('my-openai-proxy');
    expect(isKnownProvider('my-openai-proxy')).toBe(false);
    expect(providerId('constructor')).toBe('constructor');
  });
});
