import { describe, expect, it } from 'vitest';
import { isRouted, modelRule } from './model-ids.ts';
import { mayTalkToModels } from './worth-parsing.ts';

describe('the rule for an id', () => {
  it.each([
    ...['gpt-4o-2024-08-06', 'gpt-4-0613', 'gpt-4-0125-preview', 'o3-2025-04-16', 'openai/gpt-5-mini-2025-08-07'],
    ...['claude-3-5-sonnet-20241022', 'claude-3-5-sonnet@20240620', 'anthropic/claude-opus-4-1-20250805', 'claude-2.1'],
    ...[
      'claude-sonnet-4-6',
      'claude-opus-4-8',
      'claude-sonnet-5',
      'claude-opus-5',
      'openrouter/anthropic/claude-opus-4.7',
    ],
    ...[
      'gemini-1.5-pro-002',
      'models/gemini-2.5-flash-preview-05-20',
      'vertex_ai/gemini-2.0-flash-001',
      'mistral-large-2411',
    ],
    ...[
      'command-r-08-2024',
      'text-embedding-3-small',
      'text-embedding-ada-002',
      'whisper-1',
      'dall-e-3',
      'embed-english-v3.0',
    ],
    ...['anthropic.claude-3-haiku-20240307-v1:0', 'bedrock/amazon.nova-pro-v1:0', 'meta.llama3-70b-instruct-v1:0'],
  ])('is model-id for a fixed version: %s', (id) => {
    expect(modelRule(id, false)).toBe('model-id');
    expect(mayTalkToModels(`f('${id}')`)).toBe(true);
  });

  it.each([
    ...[
      'gpt-4o',
      'gpt-4o-mini',
      'gpt-5',
      'gpt-3.5-turbo',
      'gpt-35-turbo',
      'chatgpt-4o-latest',
      'o4-mini',
      'azure/gpt-4o',
    ],
    ...[
      'claude-sonnet-4-5',
      'claude-opus-4-1',
      'claude-3-5-sonnet-latest',
      'claude-sonnet-4',
      'anthropic/claude-sonnet-4.5',
    ],
    ...[
      'gemini-2.5-pro',
      'gemini/gemini-flash-latest',
      'mistral-large-latest',
      'command-r-plus',
      'deepseek-chat',
      'grok-4',
    ],
  ])('is floating-model-id for a name that its owner may move: %s', (id) => {
    expect(modelRule(id, false)).toBe('floating-model-id');
    expect(mayTalkToModels(`f('${id}')`)).toBe(true);
  });

  it.each([
    ['ft:gpt-4o-mini-2024-07-18:acme::AbC123', 'fine-tuned-model'],
    ['arn:aws:bedrock:us-east-1:123456789012:custom-model/amazon.titan-text-lite-v1/abc', 'fine-tuned-model'],
    ['arn:aws:bedrock:us-east-1:123456789012:provisioned-model/abc', 'inference-profile'],
    ['arn:aws-us-gov:bedrock:us-gov-west-1:123456789012:inference-profile/us-gov.anthropic.x', 'inference-profile'],
    ['us.anthropic.claude-sonnet-4-20250514-v1:0', 'inference-profile'],
    ['bedrock/eu.anthropic.claude-sonnet-4-6', 'inference-profile'],
  ])('tells where it is tied to: %s', (id, rule) => {
    expect(modelRule(id, false)).toBe(rule);
  });

  it.each([
    ...[
      '',
      'g',
      'gpt',
      'gpt-',
      'gpt-engineer',
      'GPT-4o',
      'gpt-4o is good',
      'gpt-4o,gpt-5',
      'claude',
      'claude-code',
      'claude-code-action',
    ],
    ...[
      'claude-desktop',
      'gemini',
      'gemini-cli',
      'mistral',
      'mistral-common',
      'cohere-ai',
      'o1',
      'o3',
      'sonar',
      'grok',
      'command-line',
    ],
    ...[
      'amazon.com',
      'meta.title',
      'openai.chat',
      'cohere.ai',
      'amazon.s3.bucket',
      'anthropic.messages',
      'embed-responsive-16by9',
    ],
    ...[
      'openai/openai-node',
      'acme/gpt-4o',
      '/gpt-4o',
      'gpt-4o/',
      'arn:aws:s3:::bucket',
      'ft:',
      'rerank-button',
      `gpt-4${'o'.repeat(200)}`,
    ],
  ])('is none for what is no id: %j', (text) => {
    expect(modelRule(text, false)).toBeUndefined();
  });

  it('takes short names only where a model is named', () => {
    expect(modelRule('o3', true)).toBe('floating-model-id');
    expect(isRouted('openai/o3')).toBe(true);
    expect(isRouted('o3')).toBe(false);
  });
});
