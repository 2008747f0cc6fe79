import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aBundle, type TestBundle } from '../dev/testing/bundles.ts';
import { type Bundle, readBundle } from './read-bundle.ts';

let test: TestBundle;
beforeEach(async () => {
  test = await aBundle();
});
afterEach(() => test.remove());

describe('reading a file of a bundle', () => {
  it('refuses what changed after the bundle was read', async () => {
    const bundle = await readBundle(test.dir);
    await test.write('files/inputs.json', '{"runs":"ALL"}\n');
    await test.write('files/traces/runs.jsonl', '{"id":"r1"}\n{"id":"r3"}\n');
    const changed = { code: 'BUNDLE_FILE_CHANGED' };
    await expect(bundle.text('files/inputs.json')).rejects.toMatchObject(changed);
    await expect(bundle.json('files/inputs.json')).rejects.toMatchObject(changed);
    await expect(linesOf(bundle)).rejects.toMatchObject(changed);
  });

  it.each([
    ['no newline at the end', 'a\nb', ['a', 'b']],
    ['empty lines', '\n\na\n', ['', '', 'a']],
    ['nothing', '', []],
    ['line ends of other systems', 'a\r\nb\u2028c\n', ['a\r', 'b\u2028c']],
    ['a byte order mark', '\ufeffa\n', ['\ufeffa']],
  ])('splits lines at newlines only: %s', async (_, content, lines) => {
    await test.write('files/traces/runs.jsonl', content);
    await test.relist();
    expect(await linesOf(await readBundle(test.dir))).toEqual(lines);
  });

  it('keeps characters and lines whole that lie across the pieces in which it reads', async () => {
    const lines = [`${'x'.repeat(1024 * 1024 - 2)}€€`, 'ü'.repeat(3_000_001), '', '😀'.repeat(600_000), 'end'];
    await test.write('files/traces/runs.jsonl', lines.join('\n'));
    await test.relist();
    const found = await linesOf(await readBundle(test.dir));
    expect(found.map((line) => line.length)).toEqual(lines.map((line) => line.length));
    expect(found.join('\n') === lines.join('\n')).toBe(true);
  });

  it.each([
    ['in the middle', Buffer.from([0x61, 0xff, 0x0a])],
    ['at the end', Buffer.from([0x61, 0x0a, 0xe2, 0x82])],
  ])('refuses lines that are not UTF-8 %s', async (_, bytes) => {
    await test.write('files/traces/runs.jsonl', bytes);
    await test.relist();
    await expect(linesOf(await readBundle(test.dir))).rejects.toMatchObject({ code: 'BUNDLE_UNREADABLE' });
  });

  it('refuses JSON on which readers disagree', async () => {
    await test.write('files/inputs.json', '{"runs":"all","runs":"cited"}');
    await test.relist();
    const bundle = await readBundle(test.dir);
    await expect(bundle.json('files/inputs.json')).rejects.toMatchObject({ code: 'BUNDLE_UNREADABLE' });
  });
});

async function linesOf(bundle: Bundle): Promise<string[]> {
  const lines: string[] = [];
  for await (const line of bundle.lines('files/traces/runs.jsonl')) lines.push(line);
  return lines;
}
