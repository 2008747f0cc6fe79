import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { GUARDS, type GuardResult, runGuard } from './guards.ts';
import { copyRepository } from './testing/repository-copy.ts';

type Tree = Readonly<Record<string, string>>;

/** A small tree in which no guard finds anything. */
const CLEAN: Tree = {
  'package.json': `{
  "name": "tree",
  "type": "module",
  "bin": {
    "aigate": "bin/aigate.js"
  },
  "devDependencies": {
    "zod": "4.6.7"
  }
}
`,
  'bin/aigate.js': `import('../src/cli/main.ts').then(({ main }) => main()).catch(Error);\n`,
  'src/cli/main.ts': `import { z } from 'zod';
import { fallbackCost } from '../../gates/cost/fallback-cost.ts';

export async function main(): Promise<number> {
  return z.number().parse(fallbackCost('input'));
}
`,
  'examples/shop/agent.ts': `export const agent = 1;\n`,
  'gates/cost/fallback-cost.ts': `export function fallbackCost(kind: 'input' | 'output'): number {
  switch (kind) {
    case 'input':
      return 1;
    case 'output':
      return 2;
  }
}
`,
};

/** Per guard the faults to plant, all at once, and the text that must name each of them. */
const PLANTED: Readonly<Record<string, { readonly tree: Tree; readonly caught: readonly RegExp[] }>> = {
  types: {
    tree: {
      'src/engine/first.ts': `export const first: string = ['a'][0];\n`,
      'src/engine/mode.ts': `export enum Mode {\n  On,\n}\n`,
      'src/engine/absent.ts': `export const absent: { limit?: number } = { limit: undefined };\n`,
    },
    caught: [/engine\/first\.ts.*TS2322/, /engine\/mode\.ts.*TS1294/, /engine\/absent\.ts.*TS2375/],
  },
  'types of gates, which see no Node': {
    tree: {
      'gates/cost/env.ts': `export const env = process.env;\n`,
      'gates/cost/file.ts': `import { readFileSync } from 'node:fs';\n\nexport const file = readFileSync;\n`,
      'gates/cost/web.ts': `export const web = fetch('/');\n`,
      'gates/cost/later.ts': `setTimeout(() => {}, 1);\n`,
    },
    caught: [/cost\/env\.ts/, /cost\/file\.ts/, /cost\/web\.ts/, /cost\/later\.ts/],
  },
  'lint and format': {
    tree: {
      'src/engine/floating.ts': `import { main } from '../cli/main.ts';\n\nexport function run(): void {\n  main();\n}\n`,
      'src/engine/switch.ts': `export function name(kind: 'a' | 'b'): string | undefined {\n  switch (kind) {\n    case 'a':\n      return 'A';\n  }\n  return undefined;\n}\n`,
      'src/engine/env.ts': `export const home = process.env['HOME'];\n`,
      'src/engine/loud.ts': `console.log('loud');\n`,
      'src/engine/any.ts': `export const anything: any = 1;\n`,
      'src/engine/sure.ts': `export const sure = ['a'][0]!;\n`,
      'src/engine/untidy.ts': `export const   untidy = "untidy"\n`,
    },
    caught: [
      /engine\/floating\.ts:4\S* lint\/nursery\/noFloatingPromises/,
      /engine\/switch\.ts:2\S* lint\/nursery\/useExhaustiveSwitchCases/,
      /engine\/env\.ts:1\S* lint\/style\/noRestrictedGlobals/,
      /engine\/loud\.ts:1\S* lint\/suspicious\/noConsole/,
      /engine\/any\.ts:1\S* lint\/suspicious\/noExplicitAny/,
      /engine\/sure\.ts:1\S* lint\/style\/noNonNullAssertion/,
      /engine\/untidy\.ts format/,
    ],
  },
  'unused code': {
    tree: {
      'package.json': (CLEAN['package.json'] ?? '').replace('"zod"', '"yaml": "2.9.1", "zod"'),
      'src/engine/lonely.ts': `export const lonely = 1;\n`,
      'src/cli/extra.ts': `import chalk from 'chalk';\n\nexport const used = chalk.red('1');\nexport const idle = 2;\n`,
      'src/cli/main.ts': (CLEAN['src/cli/main.ts'] ?? '').replace(
        '\n\n',
        "\nimport { used } from './extra.ts';\n\nused();\n",
      ),
    },
    caught: [
      /Unused files[\s\S]*src\/engine\/lonely\.ts/,
      /Unused devDependencies[\s\S]*yaml/,
      /Unlisted dependencies[\s\S]*chalk/,
      /Unused exports[\s\S]*idle/,
    ],
  },
};

/** These have planted faults of their own, beside their source. */
const ELSEWHERE = ['imports', 'generated files'];

const CONFIGS = [
  'biome.json',
  '.gitignore',
  'tsconfig.json',
  'gates/tsconfig.json',
  '.config/knip.json',
  '.config/dependency-cruiser.cjs',
];

let root = '';

async function runOn(name: string, tree: Tree): Promise<GuardResult> {
  const guard = GUARDS.find((candidate) => candidate.name === name);
  if (guard === undefined) throw new Error(`no guard is called ${name}`);
  root = await copyRepository(CONFIGS);
  for (const [path, source] of Object.entries(tree)) {
    await mkdir(join(root, dirname(path)), { recursive: true });
    await writeFile(join(root, path), source);
  }
  return runGuard(guard, root);
}

afterEach(() => rm(root, { recursive: true, force: true }));

describe('every guard', () => {
  it('has planted faults', () => {
    expect([...Object.keys(PLANTED), ...ELSEWHERE].sort()).toEqual(GUARDS.map(({ name }) => name).sort());
  });

  describe.each(Object.entries(PLANTED))('%s', (name, { tree, caught }) => {
    it('finds nothing in a clean tree', async () => {
      const { hasPassed, output } = await runOn(name, CLEAN);
      expect(hasPassed, output).toBe(true);
    });

    it('names every planted fault', async () => {
      const { hasPassed, output } = await runOn(name, { ...CLEAN, ...tree });
      expect(hasPassed).toBe(false);
      for (const fault of caught) expect(output).toMatch(fault);
    });
  });
});
