import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { CodeScan } from '../../contract/inspection.ts';
import { languageOf } from './file-languages.ts';
import { NPM_PACKAGES, PYTHON_MODULES } from './known-packages.ts';
import { RULES } from './rules.ts';
import { MOST_FINDINGS, scanCode } from './scan-code.ts';

const FIXTURES = join(import.meta.dirname, '../../../fixtures/code-scan');
const folders: string[] = [];

afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true }))));

async function scanFixture(name: string): Promise<CodeScan> {
  const root = join(FIXTURES, name);
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
  return scanCode({ root, paths: files.map((file) => file.slice(root.length + 1)) });
}

async function folderOf(files: Readonly<Record<string, string | Buffer>>): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'aigate-scan-'));
  folders.push(root);
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), content);
  }
  return root;
}

async function scanFiles(files: Readonly<Record<string, string | Buffer>>): Promise<CodeScan> {
  return scanCode({ root: await folderOf(files), paths: Object.keys(files) });
}

function listed({ findings }: CodeScan): string[] {
  return findings.map(({ rule, path, line }) => `${path}:${line} ${rule}`);
}

const CLIENT = "import OpenAI from 'openai';\nexport const client = new OpenAI({ timeout: 5 });\n";
const CALL = 'client.chat.completions.create({ model: MODEL, messages: [] });\n';

describe('the locked-in repository', () => {
  it('yields what was planted in it, and nothing else', async () => {
    expect(listed(await scanFixture('locked-in'))).toEqual([
      'gateway/litellm.yaml:5 floating-model-id',
      'gateway/litellm.yaml:10 gateway-no-fallback',
      'gateway/litellm.yaml:12 floating-model-id',
      'gateway/litellm.yaml:14 retries-off-or-many',
      'gateway/litellm.yaml:16 gateway-fallback',
      'gateway/portkey.json:2 gateway-no-fallback',
      'pipeline/score.py:6 provider-sdk',
      'pipeline/score.py:12 missing-timeout',
      'pipeline/score.py:13 missing-timeout',
      'pipeline/score.py:13 provider-sdk',
      'pipeline/score.py:13 region-literal',
      'pipeline/score.py:14 inference-profile',
      'pipeline/score.py:19 model-id',
      'pipeline/score.py:24 floating-model-id',
      'pipeline/score.py:26 provider-feature',
      'pipeline/score.py:28 unguarded-json-parse',
      'pipeline/score.py:39 inference-profile',
      'pipeline/score.py:41 swallowed-error',
      'pipeline/stream.py:1 provider-sdk',
      'pipeline/stream.py:3 missing-timeout',
      'pipeline/stream.py:3 scattered-sdk',
      'pipeline/stream.py:7 unchecked-stream',
      'pipeline/stream.py:7 floating-model-id',
      'src/chat.tsx:6 scattered-sdk',
      'src/chat.tsx:7 fine-tuned-model',
      'src/chat.tsx:10 provider-feature',
      'src/chat.tsx:13 unchecked-stream',
      'src/chat.tsx:22 model-id',
      'src/chat.tsx:26 swallowed-error',
      'src/openai-client.ts:1 provider-sdk',
      'src/openai-client.ts:4 missing-timeout',
      'src/openai-client.ts:6 provider-endpoint',
      'src/openai-client.ts:7 retries-off-or-many',
      'src/openai-client.ts:10 missing-timeout',
      'src/openai-client.ts:11 provider-endpoint',
      'src/openai-client.ts:12 azure-deployment',
      'src/openai-client.ts:16 retired-api',
      'src/openai-client.ts:19 retired-api',
      'src/openai-client.ts:20 retired-api',
      'src/openai-client.ts:21 retired-api',
      'src/openai-client.ts:26 floating-model-id',
      'src/openai-client.ts:28 hosted-state',
      'src/openai-client.ts:29 hosted-state',
      'src/openai-client.ts:31 hosted-tool',
      'src/openai-client.ts:31 hosted-state',
      'src/openai-client.ts:31 hosted-state',
      'src/openai-client.ts:32 hosted-tool',
      'src/openai-client.ts:34 provider-feature',
      'src/openai-client.ts:36 unguarded-json-parse',
      'src/openai-client.ts:40 hosted-state',
      'src/openai-client.ts:41 hosted-state',
      'src/openai-client.ts:44 offered-tool',
      'src/summarise.ts:1 provider-sdk',
      'src/summarise.ts:4 missing-timeout',
      'src/summarise.ts:9 layered-retries',
      'src/summarise.ts:10 model-id',
      'src/summarise.ts:12 provider-feature',
      'src/summarise.ts:13 provider-feature',
      'src/summarise.ts:16 provider-feature',
    ]);
  });

  it('shows every rule at least once', async () => {
    const { counts } = await scanFixture('locked-in');
    // Here every model is decided in the code, so that none is a default.
    const rules = Object.keys(RULES).filter((rule) => rule !== 'default-model');
    expect(Object.keys(counts)).toEqual(rules.sort());
  });

  it('is told by language, with the digest of every file that has a finding', async () => {
    const { files, digests, unread } = await scanFixture('locked-in');
    expect(files).toEqual({ 'gateway-config': 2, python: 2, typescript: 3 });
    expect(unread).toEqual([]);
    const bytes = await readFile(join(FIXTURES, 'locked-in/src/chat.tsx'));
    expect(digests['src/chat.tsx']).toBe(createHash('sha256').update(bytes).digest('hex'));
    expect(Object.keys(digests)).toHaveLength(7);
  });
});

describe('the table of rules', () => {
  it('names the languages in which each is found, and says for each what follows', async () => {
    for (const name of ['locked-in', 'portable', 'other-shapes']) {
      for (const { rule, path } of (await scanFixture(name)).findings) {
        const described = Object.entries(RULES).find(([id]) => id === rule)?.[1];
        expect(described?.languages).toContain(languageOf(path));
      }
    }
    const sentences = Object.values(RULES).flatMap(({ finds, why }) => [finds.concat('.'), why]);
    expect(sentences.filter((sentence) => !/^[A-Z].*[^.]\.$/.test(sentence))).toEqual([]);
  });
});

describe('every known package', () => {
  it.each([...NPM_PACKAGES.keys()])('is found where it is imported: %s', async (name) => {
    const { findings } = await scanFiles({
      'a.mjs': `import x from '${name}';\n`,
      'b.cjs': `const x = require("${name}/y");\n`,
    });
    expect(findings.map(({ found }) => found)).toEqual([name, `${name}/y`]);
  });

  it.each([...PYTHON_MODULES.keys()].filter((name) => !name.includes('boto3')))(
    'is found where it is imported: %s',
    async (name) => {
      const { findings } = await scanFiles({ 'a.py': `import ${name} as x\n`, 'b.py': `from ${name} import X\n` });
      expect(findings.map(({ rule }) => rule)).toEqual(['provider-sdk', 'provider-sdk']);
    },
  );
});

describe('the portable twin', () => {
  it('yields inventory, and neither lock-in nor bad hygiene', async () => {
    const { counts, files } = await scanFixture('portable');
    expect(counts).toEqual({ 'default-model': 3, 'gateway-fallback': 2, 'provider-sdk': 2 });
    expect(
      Object.keys(counts).every((id) =>
        Object.entries(RULES).some(([rule, { family }]) => rule === id && family === 'inventory'),
      ),
    ).toBe(true);
    expect(files).toEqual({ 'gateway-config': 2, python: 2, typescript: 4 });
  });
});

describe('other shapes of repositories', () => {
  it('are understood: AI SDK route, LangChain behind LiteLLM, boto3, CommonJS with CRLF; Go is not scanned', async () => {
    const scan = await scanFixture('other-shapes');
    expect(listed(scan)).toEqual([
      'app/api/chat/route.ts:1 provider-sdk',
      'app/api/chat/route.ts:2 provider-sdk',
      'app/api/chat/route.ts:6 missing-timeout',
      'app/api/chat/route.ts:7 model-id',
      'app/api/chat/route.ts:9 hosted-tool',
      'app/api/chat/route.ts:10 gateway-fallback',
      'app/api/chat/route.ts:10 model-id',
      'app/api/chat/route.ts:10 model-id',
      'app/api/chat/route.ts:13 unchecked-stream',
      'jobs/bedrock_job.py:8 provider-sdk',
      'jobs/bedrock_job.py:13 model-id',
      'jobs/legacy.cjs:2 provider-sdk',
      'jobs/legacy.cjs:6 floating-model-id',
      'jobs/legacy.cjs:6 swallowed-error',
      'rag/chain.py:3 provider-sdk',
      'rag/chain.py:4 provider-sdk',
      'rag/chain.py:5 provider-sdk',
      'rag/chain.py:7 missing-timeout',
      'rag/chain.py:12 model-id',
      'rag/chain.py:13 missing-timeout',
      'rag/chain.py:19 swallowed-error',
      'rag/chain.py:23 missing-timeout',
      'rag/chain.py:23 azure-deployment',
      'rag/chain.py:24 gateway-fallback',
      'rag/chain.py:24 model-id',
    ]);
    expect(scan.files).toEqual({ javascript: 1, python: 2, typescript: 1 });
    expect(scan.unscanned).toEqual({ go: 1 });
    expect(JSON.stringify(scan)).not.toContain('sk-litellm');
  });
});

describe('what is read', () => {
  it('leaves out tests, installed and built code and declarations, and counts files of other languages', async () => {
    const code = `${CLIENT}export const model = 'gpt-4o';\n`;
    const paths = [
      ...['a.test.ts', 'a.spec.tsx', 'tests/a.ts', 'src/__tests__/a.js', 'src/__mocks__/openai.ts', 'test/helper.mjs'],
      ...[
        'node_modules/openai/index.js',
        'web/dist/a.js',
        '.git/a.js',
        'a.d.ts',
        'a.min.js',
        'a.go',
        'a.vue',
        'Makefile',
      ],
      ...[
        'test_a.py',
        'a_test.py',
        'conftest.py',
        'stubs/a.pyi',
        '.venv/lib/a.py',
        'package-lock.json',
        'a.json',
        'a.yml',
      ],
    ];
    expect(await scanFiles(Object.fromEntries(paths.map((path) => [path, code])))).toEqual({
      files: {},
      findings: [],
      counts: {},
      digests: {},
      unread: [],
      unscanned: { component: 1, go: 1 },
    });
  });

  it('counts code without findings, but keeps no digest of it', async () => {
    const { files, digests } = await scanFiles({
      'a.ts': 'export {};',
      'b.mts': '',
      'c.py': 'openai',
      'd.jsx': '<a/>',
    });
    expect(files).toEqual({ javascript: 1, python: 1, typescript: 2 });
    expect(digests).toEqual({});
  });

  it('counts code in languages that no rule reads, not texts, installed code or tests', async () => {
    const { unscanned, files } = await scanFiles({
      'cmd/main.go': 'package main',
      'cmd/main_test.go': 'package main',
      'vendor/node_modules/x/a.rb': 'puts 1',
      'run.sh': 'curl https://api.openai.com',
      'pages/index.vue': '<template/>',
      'notes.md': '# Notes',
      'logo.svg': '<svg/>',
      Dockerfile: 'FROM scratch',
    });
    expect({ unscanned, files }).toEqual({ unscanned: { component: 1, go: 1, shell: 1 }, files: {} });
  });

  it('lists code above a megabyte as unread, not data files', async () => {
    const padding = ' '.repeat(80).concat('\n').repeat(13_000);
    const { unread, files } = await scanFiles({
      'a.py': padding,
      'b.ts': `${CLIENT}${padding}`,
      'c.json': padding,
      'd.bin': padding,
    });
    expect(unread).toEqual(['a.py', 'b.ts']);
    expect(files).toEqual({});
  });

  it('reads a file of exactly a megabyte', async () => {
    const code = CLIENT.padEnd(1024 * 1024, ' \n');
    expect(await scanFiles({ 'a.ts': code })).toMatchObject({ counts: { 'provider-sdk': 1 }, unread: [] });
    expect(await scanFiles({ 'a.ts': `${code} ` })).toMatchObject({ counts: {}, unread: ['a.ts'] });
  });

  it('lists minified code that mentions models as unread, and counts other minified code as read', async () => {
    const row = '0,'.repeat(4_000);
    const { unread, files } = await scanFiles({ 'a.js': `${CLIENT}x=[${row}]`, 'b.js': `x=[${row}]` });
    expect(unread).toEqual(['a.js']);
    expect(files).toEqual({ javascript: 1 });
  });

  it('follows no symlink, neither to files nor through folders', async () => {
    const root = await folderOf({ 'real/a.ts': CLIENT, 'b.ts': 'export {};' });
    await symlink(join(root, 'real/a.ts'), join(root, 'link.ts'));
    await symlink(join(root, 'real'), join(root, 'folder'));
    const scan = await scanCode({ root, paths: ['link.ts', 'folder/a.ts', 'b.ts'] });
    expect(scan).toMatchObject({ findings: [], files: { typescript: 1 }, unread: ['folder/a.ts', 'link.ts'] });
  });

  it('may have a link as its root', async () => {
    const root = await folderOf({ 'a.ts': CLIENT });
    await symlink(root, `${root}-link`);
    folders.push(`${root}-link`);
    expect((await scanCode({ root: `${root}-link`, paths: ['a.ts'] })).files).toEqual({ typescript: 1 });
  });

  it('never leaves the root', async () => {
    const root = await folderOf({ 'a.ts': CLIENT, 'inner/b.ts': '' });
    const scan = await scanCode({ root: join(root, 'inner'), paths: ['../a.ts', join(root, 'a.ts')] });
    expect(scan.findings).toEqual([]);
    expect(scan.unread).toHaveLength(2);
  });

  it('lists what is missing or no regular file as unread', async () => {
    const root = await folderOf({ 'folder.ts/a.md': '' });
    expect((await scanCode({ root, paths: ['folder.ts', 'gone.py'] })).unread).toEqual(['folder.ts', 'gone.py']);
  });

  it('reads UTF-16, byte order marks, NUL bytes and invalid UTF-8', async () => {
    const wide = Buffer.from(`\uFEFF${CLIENT}`, 'utf16le');
    const swapped = Buffer.from(wide).swap16();
    const broken = Buffer.concat([Buffer.from([0x2f, 0x2f, 0xff, 0xc3, 0x28, 0x00, 0x0a]), Buffer.from(CLIENT)]);
    const { findings } = await scanFiles({ 'a.ts': wide, 'b.ts': swapped, 'c.ts': broken, 'd.ts': `\uFEFF${CLIENT}` });
    expect(findings.map(({ path, line, column, found }) => [path, line, column, found])).toEqual([
      ['a.ts', 1, 1, 'openai'],
      ['b.ts', 1, 1, 'openai'],
      ['b.ts', 2, 23, 'openai, also called in a.ts'],
      ['c.ts', 2, 1, 'openai'],
      ['c.ts', 3, 23, 'openai, also called in a.ts'],
      ['d.ts', 1, 1, 'openai'],
      ['d.ts', 2, 23, 'openai, also called in a.ts'],
    ]);
  });
});

describe('the result', () => {
  it('does not depend on the order of the paths, nor on paths given twice', async () => {
    const root = join(FIXTURES, 'locked-in');
    const paths = ['src/chat.tsx', 'pipeline/score.py', 'src/openai-client.ts', 'gateway/litellm.yaml'];
    const once = await scanCode({ root, paths });
    expect(await scanCode({ root, paths: [...paths, ...paths].reverse() })).toEqual(once);
    expect(JSON.stringify(once)).toBe(JSON.stringify(await scanCode({ root, paths })));
  });

  it('keeps the first findings by place and counts all', async () => {
    const ids = "'gpt-4o',\n".repeat(60_000);
    const { findings, counts, digests } = await scanFiles({
      'b.ts': `x = [${ids}]`,
      'a.ts': CLIENT + CALL,
      'c.ts': CALL,
    });
    expect(counts).toEqual({ 'floating-model-id': 60_000, 'provider-sdk': 1, 'scattered-sdk': 1 });
    expect(findings).toHaveLength(MOST_FINDINGS);
    expect(findings[0]).toEqual({ rule: 'provider-sdk', path: 'a.ts', line: 1, column: 1, found: 'openai' });
    expect(findings.at(-1)).toMatchObject({ path: 'b.ts', line: MOST_FINDINGS - 1 });
    expect(Object.keys(digests)).toEqual(['a.ts', 'b.ts', 'c.ts']);
  });
});

describe('modules next to each other', () => {
  it('are scattered when a second one calls the provider; the adapter is the one that makes the client', async () => {
    const { findings } = await scanFiles({
      'a.ts': CALL,
      'llm/client.ts': CLIENT,
      'z.ts': `f(${CALL.trim().slice(0, -1)})`,
    });
    expect(findings.filter(({ rule }) => rule === 'scattered-sdk')).toEqual([
      { rule: 'scattered-sdk', path: 'a.ts', line: 1, column: 1, found: 'openai, also called in llm/client.ts' },
      { rule: 'scattered-sdk', path: 'z.ts', line: 1, column: 3, found: 'openai, also called in llm/client.ts' },
    ]);
  });

  it('are not scattered by types, error classes, another provider or another language', async () => {
    const { counts } = await scanFiles({
      'a.ts': CLIENT + CALL,
      'b.ts': "import type OpenAI from 'openai';\nexport type C = OpenAI.Chat;\n",
      'c.ts': "import { APIError } from 'openai';\nexport const is = (e: unknown) => e instanceof APIError;\n",
      'd.ts': "import A from '@anthropic-ai/sdk';\nexport const a = new A({ timeout: 1 });\n",
      'e.py': 'from openai import OpenAI\nclient = OpenAI(timeout=5)\n',
    });
    expect(counts).toEqual({ 'provider-sdk': 4 });
  });

  it.each([
    [
      'a retry library in another module',
      { 'b.ts': "import pRetry from 'p-retry';\nexport const ai = (f) => pRetry(f, 'openai');\n" },
    ],
    ['retries of the gateway', { 'g.yaml': 'model_list: []\nrouter_settings: { num_retries: 2 }\n' }],
    ['retries by hand', { 'b.ts': 'export const maxAttemptsOfOpenai = 3;\nexport const backoffMs = openai;\n' }],
  ])('excuse retries that are off: %s', async (_, files) => {
    const off = CLIENT.replace('timeout: 5', 'timeout: 5, maxRetries: 0');
    expect((await scanFiles({ 'a.ts': off })).counts).toEqual({ 'provider-sdk': 1, 'retries-off-or-many': 1 });
    expect((await scanFiles({ 'a.ts': off, ...files })).counts).toEqual({ 'provider-sdk': 1 });
  });

  it('excuse a retry wrapper when the client they make does not repeat, or may not', async () => {
    const wrapped = `import pRetry from 'p-retry';\nimport { client } from './client';\nawait pRetry(() => ${CALL.trim().slice(0, -1)});\n`;
    const rules = async (client: string) =>
      Object.keys((await scanFiles({ 'a.ts': wrapped, 'client.ts': client })).counts).filter(
        (rule) => rule === 'layered-retries',
      );
    expect(await rules(CLIENT)).toEqual(['layered-retries']);
    expect(await rules(CLIENT.replace('timeout: 5', 'timeout: 5, maxRetries: 0'))).toEqual([]);
    expect(await rules(CLIENT.replace('{ timeout: 5 }', 'options'))).toEqual([]);
  });
});
