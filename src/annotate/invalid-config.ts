import { AigateError } from '../contract/errors.ts';

/** What is wrong with something that a manifest declares and that is only seen when it is compiled. */
export function invalidConfig(what: string, cause: unknown): AigateError {
  const reason = cause instanceof Error ? `: ${cause.message}` : '';
  return new AigateError('CONFIG_INVALID', `${what}${reason}`, { cause });
}
