import { describe, expect, it } from 'vitest';
import { aSource } from '../dev/testing/manifest-source.ts';
import { locate } from './source-file.ts';

const problemIn = (text: string, range: [number, number]) =>
  locate(aSource(text)).problem(range, { code: 'CONFIG_INVALID', message: 'm' });
const frameOf = (text: string, range: [number, number]) => problemIn(text, range).frame?.split('\n');

describe('a located problem', () => {
  it('has line and column from 1, also at the end of the text', () => {
    expect(problemIn('a\nbc', [2, 4])).toMatchObject({ line: 2, column: 1 });
    expect(problemIn('a\nbc', [4, 4])).toMatchObject({ line: 2, column: 3 });
    expect(problemIn('', [0, 0])).toMatchObject({ line: 1, column: 1 });
    expect(problemIn('a\n\n\nb', [4, 5])).toMatchObject({ line: 4, column: 1 });
  });

  it('shows its line between its neighbours', () => {
    expect(frameOf('a: 1\nb: 22\nc: 3\n', [8, 10])).toEqual(['  1 | a: 1', '> 2 | b: 22', '    |    ^^', '  3 | c: 3']);
  });

  it('marks at least one column and never past the line', () => {
    expect(frameOf('a:', [2, 2])).toEqual(['> 1 | a:', '    |   ^']);
    expect(frameOf('a: b\nc', [3, 6])).toEqual(['> 1 | a: b', '    |    ^', '  2 | c']);
  });

  it('is not misled by Windows line endings', () => {
    expect(frameOf('a: 1\r\nb: 2\r\n', [9, 10])).toEqual(['  1 | a: 1', '> 2 | b: 2', '    |    ^']);
  });

  it('aligns the marker under characters that had to be made visible', () => {
    expect(frameOf('\u202ea: \u0007b', [4, 6])).toEqual(['> 1 | \\u{202e}a: \\u{7}b', '    |            ^^^^^^']);
  });

  it('cuts long lines around the marker', () => {
    const [line = '', marker = ''] = frameOf(`${'x'.repeat(500)}BAD${'y'.repeat(500)}`, [500, 503]) ?? [];
    expect(line).toBe(`> 1 | …${'x'.repeat(60)}BAD${'y'.repeat(57)}…`);
    expect(line.slice(marker.indexOf('^'), marker.lastIndexOf('^') + 1)).toBe('BAD');
  });

  it('stars out secrets of every line it shows, private keys over several lines too', () => {
    const key = '-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEA\n-----END RSA PRIVATE KEY-----';
    expect(frameOf(`${key}\na: 1`, [35, 36])?.join('\n')).not.toMatch(/MIIE/);
    expect(frameOf(`a: 1 # AKIA${'ABCD'.repeat(4)}\n`, [3, 4])?.[0]).toBe(`> 1 | a: 1 # AKI${'*'.repeat(17)}`);
  });
});
