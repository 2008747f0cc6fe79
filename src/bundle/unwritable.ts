import { AigateError } from '../contract/errors.ts';
import { systemCode } from './system-code.ts';

/** OUTPUT_UNWRITABLE for what the file system refused; anything else is returned as it is. */
export function asUnwritable(path: string, cause: unknown): unknown {
  const code = systemCode(cause);
  if (code === undefined) return cause;
  return new AigateError('OUTPUT_UNWRITABLE', `${path} cannot be written: ${code}`, {
    hint: 'Check that the folder exists, is writable and has space left.',
    cause,
  });
}
