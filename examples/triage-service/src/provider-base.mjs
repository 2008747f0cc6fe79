const PUBLIC = { openai: 'https://api.openai.com/v1', anthropic: 'https://api.anthropic.com/v1' };

/**
 * Where the calls to a provider go: its address, with the version.
 *
 * One service answers many runs at a time, and aigate has to know which run a model call belongs to. So each of its
 * requests says in `x-aigate-base-url` where the calls of that run go. The first line below is all there is to add. Without
 * AIGATE_RUN in the environment the header means nothing: a stranger could lead keys and tickets elsewhere with it.
 */
export function providerBase(provider, headers) {
  if (process.env['AIGATE_RUN'] && headers['x-aigate-base-url'])
    return `${headers['x-aigate-base-url']}/${provider}/v1`;
  return process.env[`${provider.toUpperCase()}_URL`] ?? PUBLIC[provider];
}
