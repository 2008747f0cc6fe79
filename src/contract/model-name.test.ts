import { describe, expect, it } from 'vitest';
import { isFixedModel, isModelOrSnapshot, modelName } from './model-name.ts';

describe('isModelOrSnapshot', () => {
  it.each([
    ['claude-sonnet-4-5', 'claude-sonnet-4-5'],
    ['claude-sonnet-4-5-20250929', 'claude-sonnet-4-5'],
    ['gpt-4o-2024-08-06', 'gpt-4o'],
    ['gpt-4-0613', 'gpt-4'],
    ['mistral-large-2407', 'mistral-large'],
    ['gemini-1.5-pro-002', 'gemini-1.5-pro'],
    ['claude-3-5-sonnet-20241022', 'claude-3-5-sonnet-latest'],
    ['Anthropic/Claude-Sonnet-4-5', 'claude-sonnet-4-5'],
    ['openrouter/anthropic/claude-sonnet-4-5', 'claude-sonnet-4-5'],
    ['us.anthropic.claude-sonnet-4-5-20250929-v1:0', 'claude-sonnet-4-5'],
    ['anthropic.claude-sonnet-4-5-20250929-v1:0', 'claude-sonnet-4-5-20250929'],
    ['claude-sonnet-4-5@20250929', 'claude-sonnet-4-5'],
    ['models/gemini-2.5-pro', 'gemini-2.5-pro'],
  ])('%s is a %s', (recorded, declared) => {
    expect(isModelOrSnapshot(recorded, declared)).toBe(true);
  });

  it.each([
    ['gpt-4o-mini', 'gpt-4o'],
    ['gpt-4o-mini-2024-07-18', 'gpt-4o'],
    ['gpt-4o', 'gpt-4o-mini'],
    ['gpt-4.1', 'gpt-4'],
    ['claude-sonnet-4-5', 'claude-sonnet-4-5-20250929'],
    ['claude-sonnet-4-5-20250929', 'claude-sonnet-4-5-20251001'],
    ['claude-sonnet-4-5-20251399', 'claude-sonnet-4-5'],
    ['claude-sonnet-4-5-evil', 'claude-sonnet-4-5'],
    ['ft:gpt-4o-2024-08-06:acme::x', 'gpt-4o'],
    ['acme/llama-3-8b', 'llama-3-8b'],
    ['mistral.mistral-7b-instruct-v0:2', 'mistral.mistral-7b-instruct-v0:1'],
    ['', 'gpt-4o'],
    ['-20250929', ''],
  ])('%s is not a %s', (recorded, declared) => {
    expect(isModelOrSnapshot(recorded, declared)).toBe(false);
  });
});

describe('isFixedModel', () => {
  it.each([
    'claude-sonnet-4-5-20250929',
    'us.anthropic.claude-sonnet-4-5-20250929-v1:0',
    'claude-sonnet-4-5@20250929',
    'claude-opus-4-6',
    'claude-sonnet-5',
    'anthropic.claude-opus-5-5',
    'gpt-4o-2024-08-06',
    'openai/gpt-4-0613',
    'gpt-4-1106-preview',
    'gemini-2.0-flash-001',
    'gemini-2.5-pro-preview-05-06',
    'gemini-2.5-flash-lite-preview-09-2025',
    'command-r-08-2024',
    'mistral-large-2411',
    'amazon.nova-pro-v1:0',
    'ft:gpt-4o-mini:acme::x',
  ])('%s is fixed', (name) => {
    expect(isFixedModel(name)).toBe(true);
  });

  it.each([
    'claude-sonnet-4-5',
    'claude-3-5-sonnet-latest',
    'claude-opus-4-6-latest',
    'gpt-4o',
    'gpt-4.1',
    'gpt-5',
    'gemini-2.5-pro',
    'mistral-large-latest',
    'command-r-plus',
    'llama-3.1-70b-instruct',
    'prod-chat',
    '',
  ])('%s floats', (name) => {
    expect(isFixedModel(name)).toBe(false);
  });
});

describe('modelName', () => {
  it('ends on hostile prefixes', () => {
    expect(modelName('models/'.repeat(1_000))).toBe('');
    expect(modelName('///')).toBe('///');
  });
});
