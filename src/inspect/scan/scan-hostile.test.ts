import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Language } from './file-languages.ts';
import { RULES } from './rules.ts';
import { scanText, type TextScan } from './scan-text.ts';

const LANGUAGES: readonly (readonly [path: string, language: Language])[] = [
  ['a.ts', 'typescript'],
  ['a.tsx', 'typescript'],
  ['a.py', 'python'],
  ['a.yaml', 'gateway-config'],
  ['a.json', 'gateway-config'],
];

/** Lines that make sure that the text is parsed, not passed over. */
const HEAD = 'import openai\n// gpt-4o\nmodel_list: []\n';

/** What holds of every scan: rules exist, places are in the text, what is shown is short and hides nothing. */
function expectSound(scan: TextScan, text: string): void {
  if (scan.kind !== 'scanned') return;
  const lines = text.split(/\r\n|[\r\n]/);
  for (const { rule, line, column, found } of scan.findings) {
    expect(Object.keys(RULES)).toContain(rule);
    expect(column).toBeGreaterThan(0);
    expect(column).toBeLessThanOrEqual((lines[line - 1]?.length ?? -1) + 1);
    expect(found.length).toBeLessThanOrEqual(80);
    expect(found).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u);
  }
}

const SOURCES = [
  'src/openai-client.ts',
  'src/summarise.ts',
  'src/chat.tsx',
  'pipeline/score.py',
  'gateway/litellm.yaml',
].map((path) => readFileSync(join(import.meta.dirname, '../../../fixtures/code-scan/locked-in', path), 'utf8'));

const TOKENS = fc.constantFrom(
  ...'( ) [ ] { } < > = => , ; . ? : ` } " \' # // /* */ \n \r \t \\ @ * ** ?? || or and not in is as for of if'.split(
    ' ',
  ),
  ...'async await try catch except: pass def class with import from new const a client stream lambda yield match case'.split(
    ' ',
  ),
  ...[
    '"gpt-4o"',
    "'https://api.openai.com/v1'",
    'OpenAI',
    'openai',
    '.chat.completions.create(',
    'model=',
    'model:',
    'JSON.parse(',
  ],
  ...['\u202e', '\0', '\ud800', '\u2028', '- ', '&a ', '*a ', 'model_list:', 'fallbacks:', '$' + '{'],
);

const texts = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.array(TOKENS, { maxLength: 120 }).map((tokens) => tokens.join(' ')),
  fc.array(TOKENS, { maxLength: 120 }).map((tokens) => tokens.join('')),
  // Real sources, cut and glued anywhere.
  fc
    .tuple(fc.constantFrom(...SOURCES), fc.nat(3_000), fc.nat(200), fc.array(TOKENS, { maxLength: 3 }))
    .map(([source, at, gap, tokens]) => source.slice(0, at) + tokens.join('') + source.slice(at + gap)),
);

describe.each(LANGUAGES)('any text as %s', (path, language) => {
  it('is scanned without a throw, and soundly', () => {
    fc.assert(
      fc.property(texts, (text) => {
        expectSound(scanText(HEAD + text, path, language), HEAD + text);
        expectSound(scanText(text, path, language), text);
      }),
      { numRuns: 250 },
    );
  });

  it('is scanned the same way twice', () => {
    fc.assert(
      fc.property(texts, (text) => {
        expect(scanText(text, path, language)).toEqual(scanText(text, path, language));
      }),
      { numRuns: 50 },
    );
  });

  it.each([
    ...[
      '[',
      '(',
      '{',
      '<',
      '[a,',
      '{a:',
      'f(',
      'a[',
      '`${',
      '<a>',
      '((a)=>',
      '!',
      '-',
      '- ',
      '? ',
      'a?b:',
      'a=>',
      'a.',
      'a: ',
      'not ',
    ],
    ...[
      'lambda:',
      'await ',
      '...',
      '@a\n',
      '&a ',
      '*a,',
      '"',
      "'",
      '\\',
      '\0',
      '/*',
      '*/',
      '"""',
      'f"{',
      '#',
      '//',
      '<!--',
      '\u202e',
    ],
    ...[
      '[\n',
      '{\n',
      'a:\n',
      'if(a)\n',
      'else if(a){}\n',
      'if a:\n',
      'a+\n',
      'a.b()\n',
      '.b()',
      'a ? b :\n',
      'try{\n',
      '-\n',
      '  ',
    ],
  ])('comes to an end on a hundred kilobytes of %j', (unit) => {
    const text = HEAD + unit.repeat(Math.ceil(100_000 / unit.length));
    expectSound(scanText(text, path, language), text);
  });

  it('comes to an end on nesting by indentation', () => {
    const steps = Array.from({ length: 450 }, (_, i) => `${' '.repeat(i)}${language === 'python' ? 'if a:' : 'a:'}\n`);
    const text = HEAD + steps.join('');
    expectSound(scanText(text, path, language), text);
  });
});

describe('code that people write', () => {
  it.each(['a.ts', 'a.py'])('may be nested a hundred levels deep: %s', (path) => {
    const text = `import openai\nx = ${'f(['.repeat(100)}"gpt-4o"${'])'.repeat(100)}\n`;
    const scan = scanText(text, path, path === 'a.py' ? 'python' : 'typescript');
    expect(scan.kind === 'scanned' && scan.findings.map(({ found }) => found)).toContain('gpt-4o');
  });

  it('is not believed to be harmless when it is nested to wear out the parser', () => {
    expect(scanText(`import 'openai'\n${'[\n'.repeat(50_000)}`, 'a.ts', 'typescript')).toEqual({ kind: 'unreadable' });
    expect(scanText(`model_list: ${'['.repeat(100_000)}`, 'a.yaml', 'gateway-config')).toEqual({ kind: 'unreadable' });
  });

  it('is read to the end after any mistake', () => {
    for (const mistake of ['const = ;', 'f(', 'class {', "const s = 'open", 'import from', '<<<<<<< HEAD']) {
      const scan = scanText(`import A from 'openai';\n${mistake}\n\nconst m = 'gpt-4o';\nA();\n`, 'a.ts', 'typescript');
      expect(scan.kind === 'scanned' && scan.findings.map(({ found }) => found)).toContain('gpt-4o');
    }
    for (const mistake of ['def f(:', 'x = (', '  indented', 'x = "open']) {
      const scan = scanText(`import openai\n${mistake}\n\n\nmodel = "gpt-4o"\n`, 'a.py', 'python');
      expect(scan.kind === 'scanned' && scan.findings.map(({ found }) => found)).toContain('gpt-4o');
    }
  });
});

/** What a scan found, without the columns, which some changes move. */
function found(text: string, path: string): string[] {
  const scan = scanText(text, path, path.endsWith('.py') ? 'python' : 'typescript');
  return scan.kind === 'scanned'
    ? scan.findings.map(({ rule, line, found }) => `${line} ${rule} ${found}`)
    : [scan.kind];
}

describe.each([
  [SOURCES[0] ?? '', 'a.ts', '// '],
  [SOURCES[1] ?? '', 'a.ts', '// '],
  [SOURCES[2] ?? '', 'a.tsx', '// '],
  [SOURCES[3] ?? '', 'a.py', '# '],
])('a source', (source, path, comment) => {
  it('yields the same with other line ends, quotes and empty lines', () => {
    const expected = found(source, path);
    expect(expected.length).toBeGreaterThan(4);
    expect(found(source.replaceAll('\n', '\r\n'), path)).toEqual(expected);
    if (path !== 'a.py') expect(found(source.replaceAll("'", '"'), path)).toEqual(expected);
    expect(found(source.replaceAll('\n', '\n\n'), path).length).toBe(expected.length);
  });

  it('yields nothing as comments or as one text', () => {
    const lines = source.split('\n').map((line) => comment + line);
    expect(found(lines.join('\n'), path)).toEqual([]);
    const text =
      path === 'a.py' ? `x = r'''${source.replaceAll("'''", '')}'''` : `const x = ${JSON.stringify(source)};`;
    expect(found(text, path)).toEqual([]);
  });
});
