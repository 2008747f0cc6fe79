import { AigateError } from '../contract/errors.ts';

/** OUTPUT_UNWRITABLE for what the file system refused; anything else is returned as it is. */
export function asUnwritable(path: string, cause: unknown): unknown {
  if (!(cause instanceof Error) || !('syscall' in cause) || !('code' in cause)) return cause;
  return new AigateError('OUTPUT_UNWRITABLE', `${path} cannot be written: ${cause.code}`, {
    hint: 'Check that the folder exists, is writable and has space left.',
    cause,
  });
}
