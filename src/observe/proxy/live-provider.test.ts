import { describe, expect, it } from 'vitest';
import { liveProvider, liveUrl } from './live-provider.ts';

const PLAN = { url: undefined, key: undefined };

describe('liveProvider', () => {
  it('knows the addresses of the large providers and takes keys from the environment', () => {
    expect(liveProvider('openai', PLAN, { OPENAI_API_KEY: 'k' })).toEqual({
      status: 'known',
      baseUrl: 'https://api.openai.com/v1',
      keyHeaders: { authorization: 'Bearer k' },
    });
    const anthropic = liveProvider('anthropic', PLAN, { ANTHROPIC_API_KEY: 'k' });
    expect(anthropic).toMatchObject({ keyHeaders: { 'x-api-key': 'k' } });
  });

  it('takes address and key of others as declared, from the environment, or not at all', () => {
    const env = { AIGATE_UPSTREAM_MY_GATEWAY: 'http://gateway:8080/v1', MY_GATEWAY_API_KEY: 'k', OTHER: 'o' };
    expect(liveProvider('my-gateway', PLAN, env)).toMatchObject({ baseUrl: 'http://gateway:8080/v1' });
    const declared = { url: 'http://b', key: { env: 'OTHER' } };
    expect(liveProvider('my-gateway', declared, env)).toEqual({
      ...{ status: 'known', baseUrl: 'http://b', keyHeaders: { authorization: 'Bearer o' } },
    });
    expect(liveProvider('my-gateway', { ...declared, key: 'none' }, env)).toMatchObject({ keyHeaders: {} });
    const azure = { AZURE_OPENAI_ENDPOINT: 'https://x.openai.azure.com', AZURE_OPENAI_API_KEY: 'k' };
    expect(liveProvider('azure-openai', PLAN, azure)).toEqual({
      status: 'known',
      baseUrl: 'https://x.openai.azure.com',
      keyHeaders: { 'api-key': 'k' },
    });
    expect(liveProvider('my-gateway', PLAN, {})).toEqual({ status: 'no-address' });
    for (const address of ['file:///etc/passwd', 'http://']) {
      const gone = liveProvider('my-gateway', PLAN, { AIGATE_UPSTREAM_MY_GATEWAY: address });
      expect(gone).toEqual({ status: 'no-address' });
    }
  });

  it.each(['', 'two\nlines', 'כתב'])('names the variable of a key that cannot be sent: %j', (key) => {
    const found = liveProvider('openai', PLAN, { OPENAI_API_KEY: key });
    expect(found).toEqual({ status: 'no-key', variable: 'OPENAI_API_KEY' });
  });
});

describe('liveUrl', () => {
  it.each([
    ['https://a/v1', '/v1/chat/completions', 'https://a/v1/chat/completions'],
    ['https://a/v1', '/v1/v1/messages?beta=true', 'https://a/v1/messages?beta=true'],
    ['https://a/v1/', '/messages', 'https://a/v1/messages'],
    ['https://a/v1', '//host/responses', 'https://a/v1/host/responses'],
    [
      'https://a',
      '/openai/deployments/d/chat/completions?api-version=1',
      'https://a/openai/deployments/d/chat/completions?api-version=1',
    ],
  ])('%s and %s are %s', (baseUrl, path, url) => {
    expect(liveUrl({ baseUrl, keyHeaders: {} }, path).href).toBe(url);
  });
});
