import { createHash } from 'node:crypto';

/** Id of the n-th span of a run; the 0th encloses the others. 16 hex digits. */
export function spanId(run: string, index: number): string {
  return createHash('sha256').update(`${run}/${index}`).digest('hex').slice(0, 16);
}

/**
 * What spans of the workload itself are to continue, so that they belong to the run: the value of the header and of the
 * variable of that name. Source: W3C Trace Context, level 1.
 * @param run 32 hex digits
 */
export function traceParent(run: string): string {
  return `00-${run}-${spanId(run, 0)}-01`;
}
