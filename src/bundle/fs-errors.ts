import { AigateError } from '../contract/errors.ts';

/** The code of an error of the operating system, such as `ENOENT`; undefined for every other value. */
export function systemCode(cause: unknown): string | undefined {
  if (!(cause instanceof Error) || !('syscall' in cause) || !('code' in cause)) return undefined;
  return typeof cause.code === 'string' ? cause.code : undefined;
}

/** BUNDLE_UNREADABLE for what the file system refused; anything else is returned as it is. */
export function asUnreadable(path: string, cause: unknown): unknown {
  const code = systemCode(cause);
  if (code === undefined) return cause;
  return new AigateError('BUNDLE_UNREADABLE', `${path} cannot be read: ${code}`, {
    hint: 'Name the folder of one run, such as .aigate/evidence/<runId>, and check that it is readable.',
    cause,
  });
}

const WRITABLE = 'Check that the folder exists, is writable and has space left.';

/** OUTPUT_UNWRITABLE for what the file system refused; anything else is returned as it is. */
export function asUnwritable(path: string, cause: unknown, hint = WRITABLE): unknown {
  const code = systemCode(cause);
  if (code === undefined) return cause;
  return new AigateError('OUTPUT_UNWRITABLE', `${path} cannot be written: ${code}`, { hint, cause });
}
