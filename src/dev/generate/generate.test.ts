import { cp, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GATE_IDS } from '../../contract/gate.ts';
import { REPOSITORY } from '../repository.ts';
import { copyRepository } from '../testing/repository-copy.ts';

const MEASURE = `import { defineMeasure } from '../../../src/contract/measure.ts';

/**
 * Number of runs.
 * Unit: count.
 */
export default defineMeasure<{ n: number }, number>({
  id: 'cost/run-count',
  population: 'counted',
  unseen: { input: 'runs of a declared scenario', remedy: 'Add a recording to sources.' },
  empty: () => ({ n: 0 }),
  add: (state) => { state.n += 1; },
  merge: (a, b) => ({ n: a.n + b.n }),
  finish: ({ n }) => (n === 0 ? undefined : n),
});
`;

const CHECK = `import { defineCheck, OBSERVED_KINDS } from '../../../src/contract/check.ts';
import { exceptions, maximum, minimum, optional } from '../../../src/contract/limit.ts';
import runCount from '../measures/run-count.ts';

export default defineCheck({
  meta: {
    id: 'cost/volume', title: 'Volume | stays known', severity: 'blocker', why: 'Surprises cost money.',
    remediation: ['Count again.', 'Retest.'], controls: ['ISO-1'], kinds: OBSERVED_KINDS, subject: 'write-tools', since: '2026-11-01',
  },
  needs: { runCount },
  limits: {
    usd: maximum({ unit: 'usd', description: 'Most money' }),
    rate: minimum({ unit: 'ratio', description: 'Least share', range: [0, 1], fallback: 0.9 }),
    more: optional(maximum({ unit: 'ms', description: 'Extra time' })),
    except: exceptions({ values: ['weekends', 'nights'], description: 'What to leave out' }),
  },
  parseShorthand: () => { throw new RangeError('expected volume<9; got ""'); },
  evaluate: () => ({ outcome: 'inconclusive', message: '', missing: { input: '', remedy: '' }, evidence: [] }),
});
`;

let root = '';

async function write(path: string, content: string): Promise<void> {
  await mkdir(dirname(join(root, path)), { recursive: true });
  await writeFile(join(root, path), content);
}

const read = (path: string) => readFile(join(root, path), 'utf8');

function run(program: string, ...args: string[]) {
  const options = { cwd: root, reject: false, all: true, preferLocal: true, localDir: REPOSITORY } as const;
  return execa(program, args, options);
}

beforeAll(async () => {
  root = await copyRepository([
    'src',
    'package.json',
    'biome.json',
    '.gitignore',
    'tsconfig.json',
    'gates/tsconfig.json',
  ]);
  for (const id of GATE_IDS) {
    const gate = `{ id: '${id}', title: 'The ${id} gate', question: 'Is ${id} fine?' }`;
    await write(
      `gates/${id}/gate.ts`,
      `import { defineGate } from '../../src/contract/gate.ts';\n\nexport default defineGate(${gate});\n`,
    );
  }
  await write('gates/cost/checks/volume.ts', CHECK);
  await write('gates/cost/measures/run-count.ts', MEASURE);
  expect((await run('tsx', 'src/dev/gen.ts')).all).toContain('src/cli/catalogue.ts');
});

afterAll(() => rm(root, { recursive: true, force: true }));

describe('gen', () => {
  it('lists gates in order of judgement, checks and measures', async () => {
    const source = await read('src/cli/catalogue.ts');
    expect(source).toContain(`import costVolumeCheck from '../../gates/cost/checks/volume.ts';`);
    expect(source).toContain('CHECKS: readonly AnyCheck[] = [costVolumeCheck]');
    expect(source).toContain('MEASURES: readonly AnyMeasure[] = [costRunCountMeasure]');
    const gates = GATE_IDS.map((id) => `${id.replace(/-(.)/, (_, letter: string) => letter.toUpperCase())}Gate`);
    expect(source.replace(/\s+/g, '')).toContain(`[${gates.join(',')}`);
  });

  it('writes a page from which a stranger understands the check', async () => {
    const page = await read('gates/cost/README.md');
    for (const part of [
      '# The cost gate',
      '> Is cost fine?',
      '**Volume \\| stays known.** Surprises cost money.',
      'declare a tool with effect write or irreversible',
      'Number of runs. Unit: count.',
      '| `usd` | Most money | usd | 0 or more | none: must be set | lower |',
      '| `rate` | Least share | ratio | 0 to 1 | `0.9` | higher |',
      '| `more` | Extra time | ms | 0 or more, or a duration such as `10s` | may be left out | lower |',
      '| `except` | What to leave out | names | any of `weekends`, `nights` | `[]` | fewer |',
      'Short form: volume<9',
      'usd: 9000',
      '| production | recorded, live |',
      'Not seen: **runs of a declared scenario**. Add a recording to sources.',
      'Nobody set the limit `usd`',
      '2. Retest.',
      '`ISO-1`',
    ]) {
      expect(page).toContain(part);
    }
    expect(await read('gates/fallback/README.md')).toContain('no checks yet');
  });

  it('writes the JSON Schemas with the limits of every check', async () => {
    const manifest = JSON.parse(await read('schema/aigate.schema.json'));
    expect(manifest.$schema).toBe('http://json-schema.org/draft-07/schema#');
    expect(JSON.stringify(manifest)).toContain('Most money');
    expect(await read('schema/policy.schema.json')).toContain('Most money');
    expect(JSON.parse(await read('schema/results.schema.json')).required).toContain('decision');
    expect(JSON.parse(await read('schema/simulated.schema.json')).required).toEqual(['rules']);
  });

  it('is quiet with --check while everything is current, and names a file that is stale or gone', async () => {
    expect(await run('tsx', 'src/dev/gen.ts', '--check')).toMatchObject({ exitCode: 0, all: '' });
    const page = await read('gates/cost/README.md');
    await write('gates/cost/README.md', page.replace('0 or more', '1 or more'));
    await rm(join(root, 'gates/evidence/README.md'));
    const stale = await run('tsx', 'src/dev/gen.ts', '--check');
    expect(stale.exitCode).toBe(1);
    expect(stale.all.match(/^\S+ is stale/gm)).toEqual([
      'gates/cost/README.md is stale',
      'gates/evidence/README.md is stale',
    ]);
    await run('tsx', 'src/dev/gen.ts');
    expect(await read('gates/cost/README.md')).toBe(page);
  });

  it('refuses what does not belong into the catalogue, all of it at once', async () => {
    const gates = join(root, 'gates');
    await cp(gates, join(root, 'gates.intact'), { recursive: true });
    await write('gates/cost/checks/other.ts', CHECK);
    await write('gates/cost/checks/bare.ts', 'export const check = 1;');
    await write('gates/cost/measures/other.ts', MEASURE);
    await write('gates/cost/measures/idle.ts', MEASURE.replace('run-count', 'idle'));
    await write('gates/cost/measures/silent.ts', MEASURE.replace('run-count', 'silent').replace(/\/\*\*[^/]*\*\//, ''));
    await write('gates/evidence/gate.ts', `export default { id: 'fallback' };`);
    await rm(join(gates, 'fallback/gate.ts'));
    await write('gates/latency/gate.ts', '');
    const { exitCode, all } = await run('tsx', 'src/dev/gen.ts');
    await rm(gates, { recursive: true });
    await rename(join(root, 'gates.intact'), gates);
    expect(exitCode).toBe(1);
    expect(
      all
        .match(/^ {2}(gates\/|no check ).*$/gm)
        ?.map((line) => line.trim())
        .sort(),
    ).toEqual([
      'gates/cost/checks/bare.ts must export, as its default, the one whose meta.id is "cost/bare"; found none',
      'gates/cost/checks/other.ts must export, as its default, the one whose meta.id is "cost/other"; found cost/volume',
      'gates/cost/measures/other.ts must export, as its default, the one whose id is "cost/other"; found cost/run-count',
      'gates/cost/measures/silent.ts needs a doc comment that says what it measures',
      'gates/evidence/gate.ts must export the gate "evidence" as its default',
      'gates/fallback/gate.ts must export the gate "fallback" as its default',
      'gates/latency is not a gate: cost, reliability, fallback, tool-control, provider-dependency, evidence',
      'no check needs the measure cost/idle',
    ]);
  });
});

describe('new:check', () => {
  it('writes a check that compiles and a test that fails with the instruction', async () => {
    const written = await run('tsx', 'src/dev/new-check.ts', 'evidence/paper-trail');
    expect(written).toMatchObject({ exitCode: 0 });
    expect(await read('src/cli/catalogue.ts')).toContain('evidencePaperTrailCheck');
    const include = ['gates/evidence/checks'];
    await write('tsconfig.skeleton.json', JSON.stringify({ extends: './tsconfig.json', include }));
    const [types, test] = await Promise.all([
      run('tsc', '-p', 'tsconfig.skeleton.json'),
      run('vitest', 'run', '--root', root, 'gates/evidence/checks/paper-trail.test.ts'),
    ]);
    expect(types).toMatchObject({ exitCode: 0, all: '' });
    expect(test.exitCode).toBe(1);
    expect(test.all).toContain('not written yet: write evaluate() in gates/evidence/checks/paper-trail.ts');
    const again = await run('tsx', 'src/dev/new-check.ts', 'evidence/paper-trail');
    expect(again).toMatchObject({ exitCode: 2, all: 'gates/evidence/checks/paper-trail.ts exists already' });
  });

  it('refuses what is no check id and says what it expects', async () => {
    const ids = ['latency/p95', 'cost/CheckCost', 'cost/../../x', ''];
    for (const { exitCode, all } of await Promise.all(ids.map((id) => run('tsx', 'src/dev/new-check.ts', id)))) {
      expect(exitCode).toBe(2);
      expect(all).toContain('usage: npm run new:check -- <gate>/<noun>');
    }
  });
});
