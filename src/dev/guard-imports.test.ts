import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { cruise } from 'dependency-cruiser';
import { afterEach, describe, expect, it } from 'vitest';
import { guardImports } from './guard-imports.ts';
import { REPOSITORY } from './repository.ts';

type Tree = Readonly<Record<string, string>>;

/** A small tree that keeps every rule: each import the architecture allows occurs at least once. */
const CLEAN: Tree = {
  'bin/aigate.js': `import 'node:process'; import('../src/cli/main.ts');`,
  'src/contract/run.ts': `import { z } from 'zod'; import type { Plan } from './plan.ts'; export type Run = Plan; export const run = z;`,
  'src/contract/plan.ts': `import type { Run } from './run.ts'; export interface Plan { run: Run }`,
  'src/engine/decide.ts': `import { run } from '../contract/run.ts'; export const decide = run;`,
  'src/report/terminal.ts': `import chalk from 'chalk'; import type { Run } from '../contract/run.ts'; export const terminal = (run: Run) => chalk.red(run);`,
  'src/bundle/sign.ts': `import 'node:crypto'; import '../contract/run.ts'; export const sign = 1;`,
  'src/cli/main.ts': `import '../engine/decide.ts'; import '../report/terminal.ts'; import '../bundle/sign.ts'; import '../../gates/cost/gate.ts';`,
  'src/dev/bench.ts': `import 'tinybench'; import '../engine/decide.ts'; import '../../gates/cost/gate.ts';`,
  'src/engine/decide.test.ts': `import 'vitest'; import './decide.ts'; import '../dev/bench.ts';`,
  'gates/cost/gate.ts': `import type { Run } from '../../src/contract/run.ts'; import 'zod'; export type Gate = Run;`,
  'gates/cost/checks/price.ts': `import '../measures/price.ts';`,
  'gates/cost/measures/price.ts': `import '../../../src/contract/run.ts';`,
  'gates/fallback/gate.ts': `import '../../src/contract/run.ts';`,
  'examples/shop/agent.ts': `import 'node:fs';`,
};

/** Per rule the violations to plant, each in a tree of its own. The file is added to, or put into, the clean tree. */
const PLANTED: Readonly<Record<string, readonly (readonly [file: string, source: string])[]>> = {
  'contract-is-the-bottom': [
    ['src/contract/unit.ts', `import '../engine/decide.ts';`],
    ['src/contract/unit.ts', `import { parse } from 'yaml';`],
    ['src/contract/unit.ts', `import type { Io } from '../cli/main.ts';`],
  ],
  'folders-see-only-the-contract': [
    ['src/plan/make-plan.ts', `import '../engine/decide.ts';`],
    ['src/bundle/verify.ts', `import type { Gate } from '../../gates/cost/gate.ts';`],
    ['src/observe/source.ts', `export type { sign } from '../bundle/sign.ts';`],
    ['src/manifest/parse.ts', `export const parse = () => import('../cli/main.ts');`],
  ],
  'gates-see-only-the-contract': [
    ['gates/cost/checks/trend.ts', `import '../../../src/engine/decide.ts';`],
    ['gates/cost/checks/trend.ts', `import type { main } from '../../../src/cli/main.ts';`],
    ['gates/cost/checks/trend.ts', `import 'yaml';`],
  ],
  'no-gate-to-gate': [['gates/cost/checks/trend.ts', `import type { Gate } from '../../fallback/gate.ts';`]],
  'reports-read-the-result-only': [
    ['src/report/html.ts', `import '../engine/decide.ts';`],
    ['src/report/html.ts', `import 'yaml';`],
  ],
  'io-only-at-the-edges': [
    ['src/engine/cache.ts', `import { readFileSync } from 'node:fs';`],
    ['src/report/html.ts', `import { createHash } from 'crypto';`],
    ['gates/cost/measures/clock.ts', `import { performance } from 'node:perf_hooks';`],
  ],
  'bin-to-cli-only': [
    ['bin/aigate.js', `import '../src/engine/decide.ts';`],
    ['bin/aigate.js', `import 'commander';`],
  ],
  'no-development-code-in-production': [
    ['src/engine/cache.ts', `import '../dev/bench.ts';`],
    ['src/cli/demo.ts', `import '../../examples/shop/agent.ts';`],
    ['src/cli/demo.ts', `import 'fast-check';`],
    ['src/engine/cache.ts', `import './decide.test.ts';`],
  ],
  'no-cycles': [['src/engine/decide.ts', `import './order.ts'; export {};`]],
  resolves: [['src/engine/cache.ts', `import './cahce.ts';`]],
};

/** The other half of a violation that takes two files; harmless without the first. */
const COMPANIONS: Tree = { 'src/engine/order.ts': `import './decide.ts';` };

let root = '';

async function plant(tree: Tree): Promise<void> {
  root = await mkdtemp(join(tmpdir(), 'aigate-imports-'));
  await symlink(join(REPOSITORY, 'node_modules'), join(root, 'node_modules'));
  for (const [path, source] of Object.entries(tree)) {
    await mkdir(join(root, dirname(path)), { recursive: true });
    await writeFile(join(root, path), source);
  }
}

afterEach(() => rm(root, { recursive: true, force: true }));

describe('the import guard', () => {
  it('finds nothing in a tree that keeps every rule, and reads all of it', async () => {
    const tree = { ...CLEAN, ...COMPANIONS };
    await plant(tree);
    const report = await guardImports(root);
    expect(report.violations).toEqual([]);
    expect(report.unread).toEqual([]);
    expect(report.moduleCount).toBeGreaterThanOrEqual(Object.keys(tree).length);
  });

  it.each(Object.entries(PLANTED).flatMap(([rule, cases]) => cases.map(([file, source]) => ({ rule, file, source }))))(
    'catches $rule: $file with $source',
    async ({ rule, file, source }) => {
      await plant({ ...CLEAN, ...COMPANIONS, [file]: source });
      const caught = (await guardImports(root)).violations;
      expect(caught.filter((line) => line.startsWith(`${rule}: `) && line.includes(file))).not.toEqual([]);
    },
  );

  it('has a planted violation for every rule', () => {
    const { forbidden } = createRequire(import.meta.url)(join(REPOSITORY, '.config/dependency-cruiser.cjs'));
    expect(Object.keys(PLANTED).sort()).toEqual(forbidden.map(({ name }: { name: string }) => name).sort());
  });

  it('names every source file when the tool reports no violations in no modules', async () => {
    await plant(CLEAN);
    const sawNothing = await guardImports(root, async (_folders, options, ...rest) =>
      cruise([], { ...options, exclude: { path: '.' } }, ...rest),
    );
    expect(sawNothing.violations).toEqual([]);
    expect([...sawNothing.unread].sort()).toEqual(Object.keys(CLEAN).sort());
  });
});
