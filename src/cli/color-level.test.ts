import { describe, expect, it } from 'vitest';
import { wantsColor } from './color-level.ts';

describe('wantsColor', () => {
  it.each([
    ['a flag wins over everything', { flag: true, env: { NO_COLOR: '1' }, isTTY: false }, true],
    ['--no-color wins over FORCE_COLOR', { flag: false, env: { FORCE_COLOR: '1' }, isTTY: true }, false],
    ['NO_COLOR silences a terminal', { flag: undefined, env: { NO_COLOR: '1' }, isTTY: true }, false],
    ['an empty NO_COLOR says nothing', { flag: undefined, env: { NO_COLOR: '' }, isTTY: true }, true],
    [
      'FORCE_COLOR wins over NO_COLOR',
      { flag: undefined, env: { FORCE_COLOR: '1', NO_COLOR: '1' }, isTTY: false },
      true,
    ],
    ['FORCE_COLOR=0 is off', { flag: undefined, env: { FORCE_COLOR: '0' }, isTTY: true }, false],
    ['a dumb terminal is off', { flag: undefined, env: { TERM: 'dumb' }, isTTY: true }, false],
    ['a pipe is off', { flag: undefined, env: {}, isTTY: false }, false],
    ['GitHub Actions renders colour', { flag: undefined, env: { GITHUB_ACTIONS: 'true' }, isTTY: false }, true],
  ])('%s', (_name, input, expected) => {
    expect(wantsColor(input)).toBe(expected);
  });
});
