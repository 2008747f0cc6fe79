/** Libraries that run code again when it fails. */
const RETRY_LIBRARIES = new Set([
  ...['p-retry', 'async-retry', 'promise-retry', 'ts-retry-promise', 'exponential-backoff', 'cockatiel'],
  ...['tenacity', 'backoff', 'stamina', 'retrying'],
]);

export function isRetryLibrary(module: string): boolean {
  return RETRY_LIBRARIES.has(module.split('.', 1).join());
}
