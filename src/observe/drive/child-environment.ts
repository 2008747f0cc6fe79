import type { Host } from './host.ts';

/** Without these ordinary programs do not start, find their files or print what they should. */
const NEEDED = ['PATH', 'HOME', 'LANG', 'TMPDIR', 'TZ'];
const NEEDED_ON_WINDOWS = [...NEEDED, 'SystemRoot', 'ComSpec', 'PATHEXT', 'TEMP', 'TMP', 'USERPROFILE'];

/** Where the variables of a program come from. */
export interface ChildVariables {
  /** Names that the program also takes from the surroundings. */
  readonly passEnv: readonly string[];
  /** Variables set for it; they win, so that no inherited base URL leads around the proxy. */
  readonly given: Readonly<Record<string, string>>;
}

/**
 * The environment of a program of the team: a short list, what it is declared to need, and what is given. A key that
 * lies in the surroundings does not reach a program that was not meant to have it. Pure.
 */
export function childEnvironment(
  { env, platform }: Pick<Host, 'env' | 'platform'>,
  { passEnv, given }: ChildVariables,
): Record<string, string> {
  const names = [...(platform === 'win32' ? NEEDED_ON_WINDOWS : NEEDED), ...passEnv];
  const taken = names.flatMap((name) => {
    const value = Object.hasOwn(env, name) ? env[name] : undefined;
    return value === undefined ? [] : [[name, value] as const];
  });
  return { ...Object.fromEntries(taken), ...given };
}
