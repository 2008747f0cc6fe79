import { AigateError } from '../contract/errors.ts';
import { systemCode } from './system-code.ts';

/** BUNDLE_UNREADABLE for what the file system refused; anything else is returned as it is. */
export function asUnreadable(path: string, cause: unknown): unknown {
  const code = systemCode(cause);
  if (code === undefined) return cause;
  return new AigateError('BUNDLE_UNREADABLE', `${path} cannot be read: ${code}`, {
    hint: 'Name the folder of one run, such as .aigate/evidence/<runId>, and check that it is readable.',
    cause,
  });
}
