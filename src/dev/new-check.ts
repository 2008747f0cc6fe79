// npm run new:check -- <gate>/<noun>: writes a check and its test to be filled in, then regenerates.
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { GATE_IDS } from '../contract/gate.ts';
import { generate, writeOutputs } from './generate/outputs.ts';
import { checkSkeleton, testSkeleton } from './generate/skeleton.ts';
import { REPOSITORY } from './repository.ts';

const USAGE = `usage: npm run new:check -- <gate>/<noun>
  gate: ${GATE_IDS.join(', ')}
  noun: what is surfaced, in kebab-case, without a verb: monthly-cost, call-timeouts`;

const id = process.argv[2] ?? '';
const [, gate, noun] = /^([a-z-]+)\/([a-z][a-z0-9]*(?:-[a-z0-9]+)*)$/.exec(id) ?? [];
const known = GATE_IDS.find((candidate) => candidate === gate);
const path = `gates/${known}/checks/${noun}.ts`;
if (known === undefined || noun === undefined) {
  console.error(USAGE);
  process.exitCode = 2;
} else if (existsSync(join(REPOSITORY, path))) {
  console.error(`${path} exists already`);
  process.exitCode = 2;
} else {
  const today = new Date().toISOString().slice(0, 10);
  await mkdir(dirname(join(REPOSITORY, path)), { recursive: true });
  await writeFile(join(REPOSITORY, path), checkSkeleton(id, today));
  await writeFile(join(REPOSITORY, path.replace('.ts', '.test.ts')), testSkeleton(noun));
  await writeOutputs(REPOSITORY, await generate(REPOSITORY));
  console.log(`wrote ${path} and its test, which fails until the check is written:
  1. name the measures it needs and the limits it has
  2. write evaluate(), and in the test its cases: at the limit, just over it, not decidable
  3. npm run unit -- gates/${known}/checks/${noun}.test.ts
  4. npm run gen`);
}
