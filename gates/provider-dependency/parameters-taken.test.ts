import { describe, expect, it } from 'vitest';
import { parameterName, untakenBy } from './parameters-taken.ts';

const takes = (provider: string, model: string, parameter: string) => {
  const untaken = untakenBy({ provider, model });
  return untaken === undefined ? 'unknown' : untaken.has(parameter) ? 'no' : 'yes';
};

describe('untakenBy', () => {
  it.each([
    ['anthropic', 'claude-sonnet-4-5', 'seed', 'no'],
    ['anthropic', 'claude-sonnet-4-5', 'temperature', 'yes'],
    ['anthropic', 'claude-sonnet-4-5', 'top_k', 'yes'],
    ['anthropic', 'claude-opus-4-6', 'temperature', 'yes'],
    ['anthropic', 'claude-opus-4-7', 'temperature', 'no'],
    ['anthropic', 'claude-sonnet-5', 'top_p', 'no'],
    ['aws', 'us.anthropic.claude-sonnet-4-5-20250929-v1:0', 'top_k', 'yes'],
    ['aws.bedrock', 'us.anthropic.claude-opus-5', 'temperature', 'no'],
    ['aws', 'amazon.nova-pro-v1:0', 'seed', 'no'],
    ['google', 'claude-haiku-4-5@20251001', 'seed', 'no'],
    ['google', 'gemini-2.5-pro', 'seed', 'yes'],
    ['vertex_ai', 'gemini-2.5-pro', 'logit_bias', 'no'],
    ['openai', 'gpt-4.1', 'top_k', 'no'],
    ['openai', 'gpt-4.1', 'seed', 'yes'],
    ['openai', 'gpt-5', 'temperature', 'no'],
    ['openai', 'gpt-5-mini-2025-08-07', 'temperature', 'no'],
    ['openai', 'gpt-5-chat-latest', 'temperature', 'yes'],
    ['openai', 'gpt-5.1', 'temperature', 'yes'],
    ['azure', 'o3', 'temperature', 'no'],
    ['azure', 'prod-chat', 'top_k', 'no'],
    ['mistral', 'mistral-large-2411', 'seed', 'no'],
    ['groq', 'llama-3.3-70b-versatile', 'logprobs', 'no'],
    ['cohere', 'command-r-plus', 'n', 'no'],
    ['our-own', 'llama', 'seed', 'unknown'],
  ])('whether %s takes for %s: %s: %s', (provider, model, parameter, expected) => {
    expect(takes(provider, model, parameter)).toBe(expected);
  });
});

describe('parameterName', () => {
  it.each([
    ['seed', 'seed'],
    ['topK', 'top_k'],
    ['choice.count', 'n'],
    ['candidateCount', 'n'],
    ['maxCompletionTokens', 'max_completion_tokens'],
    [' Temperature ', 'temperature'],
    ['__proto__', '__proto__'],
  ])('%s is %s', (recorded, name) => {
    expect(parameterName(recorded)).toBe(name);
  });
});
