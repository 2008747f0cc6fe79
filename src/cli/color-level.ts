interface ColorInput {
  /** `--color` or `--no-color`; undefined = neither. */
  readonly flag: boolean | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly isTTY: boolean;
}

/**
 * Whether to write colour: flag, then FORCE_COLOR, NO_COLOR, TERM=dumb, a terminal, then the CI services that
 * render 16 colours. chalk's own detection ignores NO_COLOR on a terminal and is therefore not used.
 */
export function wantsColor({ flag, env, isTTY }: ColorInput): boolean {
  if (flag !== undefined) return flag;
  const force = env['FORCE_COLOR'];
  if (force !== undefined && force !== '') return force !== '0' && force !== 'false';
  if (env['NO_COLOR'] !== undefined && env['NO_COLOR'] !== '') return false;
  if (env['TERM'] === 'dumb') return false;
  return isTTY || env['GITHUB_ACTIONS'] === 'true' || env['GITLAB_CI'] === 'true';
}
