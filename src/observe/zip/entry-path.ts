/** Longer names are none of a recording. */
const LONGEST = 1_000;

/**
 * Whether a name means a place inside the archive on every system: relative, without `..`, drives, backslashes and control
 * characters. Names that are not UTF-8 have replacement characters and are refused with them.
 */
export function isInnocentPath(name: string): boolean {
  if (name === '' || name.length > LONGEST || /[\p{Cc}\\\uFFFD]/u.test(name)) return false;
  if (name.startsWith('/') || /^[A-Za-z]:/.test(name)) return false;
  return !name.split('/').includes('..');
}
