import { describe, expect, it } from 'vitest';
import { holdsSecret, maskSecrets } from './secrets.ts';

const filler = 'aB3dE6gH9jK2mN5pQ8sT1vW4yZ7bC0eF';

describe('secrets', () => {
  it.each([
    ['a key of Anthropic', `sk-ant-api03-${filler}`],
    ['a key of OpenAI', `sk-proj-${filler}`],
    ['an older key of OpenAI', `sk-${filler}`],
    ['a key of AWS', 'AKIAABCDEFGHIJKLMNOP'],
    ['a key of Google', `AIza${filler}abc`],
    ['a token of GitHub', `ghp_${filler}abcd`],
    ['a token of Slack', 'xoxb-1234567890-abc'],
    ['a JSON web token', `eyJ${filler}.eyJ${filler}.${filler}`],
    ['a private key', '-----BEGIN PRIVATE KEY-----\nabc'],
  ])('are recognised in a text: %s', (_name, secret) => {
    expect(holdsSecret(`x ${secret} y`)).toBe(true);
    const masked = maskSecrets(`x ${secret} y`);
    expect(masked).not.toContain(secret.slice(0, 12));
    expect(masked).toHaveLength(secret.length + 4);
  });

  it.each([
    'sk-learn',
    'task-analysis-of-a-pipeline-in-production',
    'env:ANTHROPIC_API_KEY',
    'eyJust a text',
    'hf_model',
  ])('are not seen in %s', (text) => {
    expect(holdsSecret(text)).toBe(false);
    expect(maskSecrets(text)).toBe(text);
  });
});
