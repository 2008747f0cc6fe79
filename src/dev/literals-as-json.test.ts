import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rolldown } from 'rolldown';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { literalsAsJson } from './literals-as-json.ts';

let dir = '';
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'aigate-literals-'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

async function build(source: string): Promise<string> {
  const input = join(dir, 'module.js');
  await writeFile(input, source);
  const bundle = await rolldown({ input, plugins: [literalsAsJson()], treeshake: false });
  const { output } = await bundle.generate({ format: 'esm' });
  await bundle.close();
  return output[0].code;
}

const rows = (last: string) => `[${'{ name: "row", flag: !0, price: -1.5 },'.repeat(2_000)}${last}]`;

describe('literalsAsJson', () => {
  it('reads a large literal of plain data by JSON.parse, with the same value', async () => {
    const code = await build(`const DATA = ${rows('{ text: "it\'s </script> \\u2028 ünicode" }')};\nexport { DATA };`);
    expect(code).toMatch(/DATA = JSON\.parse\(/);
    const { DATA } = (await import(`data:text/javascript,${encodeURIComponent(code)}`)) as { DATA: unknown[] };
    expect(DATA).toHaveLength(2_001);
    expect(DATA[0]).toEqual({ name: 'row', flag: true, price: -1.5 });
    expect(DATA[2_000]).toEqual({ text: "it's </script> \u2028 ünicode" });
  });

  it.each([
    ['is small', '[{ name: "row" }]'],
    ['names something', rows('globalOf')],
    ['holds what JSON has no form for', rows('{ when: undefined }')],
    ['holds a number JSON would change', rows('-0')],
  ])('leaves a literal that %s as it is', async (_name, literal) => {
    const code = await build(`const globalOf = 1;\nconst DATA = ${literal};\nexport { DATA, globalOf };`);
    expect(code).not.toContain('JSON.parse(');
  });
});
