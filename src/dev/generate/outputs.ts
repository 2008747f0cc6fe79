import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { z } from 'zod';
import type { Json } from '../../contract/json.ts';
import { manifestJsonSchema, policyJsonSchema } from '../../manifest/json-schema.ts';
import { scriptJsonSchema } from '../../observe/simulate/script-json-schema.ts';
import { resultJsonSchema } from '../../report/result-schema.ts';
import type { ClientBehaviour } from '../clients/client-behaviour.ts';
import { REPOSITORY } from '../repository.ts';
import { catalogueSource } from './catalogue-source.ts';
import { faultPage } from './fault-page.ts';
import { gatePage } from './gate-page.ts';
import { loadCatalogue } from './load-catalogue.ts';

/** Path → content of every generated file that is committed. */
export type Outputs = ReadonlyMap<string, string>;

/** Derives all generated files from the gates below `root`. Nothing is written. */
export async function generate(root: string): Promise<Outputs> {
  const catalogue = await loadCatalogue(root);
  const path = 'src/cli/catalogue.ts';
  return new Map([
    [path, await formatted(path, catalogueSource(catalogue))],
    ...catalogue.gates.map((gate) => [`gates/${gate.id}/README.md`, gatePage(gate, catalogue)] as const),
    ['src/observe/inject/README.md', faultPage({ behaviour: await readBehaviour(), versions: await pinnedVersions() })],
    ['schema/aigate.schema.json', jsonText(manifestJsonSchema(catalogue.checks))],
    ['schema/policy.schema.json', jsonText(policyJsonSchema(catalogue.checks))],
    ['schema/results.schema.json', jsonText(resultJsonSchema())],
    ['schema/simulated.schema.json', jsonText(scriptJsonSchema())],
  ]);
}

/** Paths whose file under `root` is missing or differs. */
export async function stalePaths(root: string, outputs: Outputs): Promise<string[]> {
  const stale = [];
  for (const [path, content] of outputs) {
    const file = join(root, path);
    if (!existsSync(file) || (await readFile(file, 'utf8')) !== content) stale.push(path);
  }
  return stale;
}

/** Writes the files that are stale and returns their paths. */
export async function writeOutputs(root: string, outputs: Outputs): Promise<string[]> {
  const stale = await stalePaths(root, outputs);
  for (const path of stale) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), outputs.get(path) ?? '');
  }
  return stale;
}

async function readBehaviour(): Promise<ClientBehaviour> {
  const { default: behaviour } = await import('../clients/client-behaviour.json', { with: { type: 'json' } });
  return behaviour;
}

async function pinnedVersions(): Promise<Readonly<Record<string, string>>> {
  const { devDependencies } = z
    .object({ devDependencies: z.record(z.string(), z.string()) })
    .parse(JSON.parse(await readFile(join(REPOSITORY, 'package.json'), 'utf8')));
  return devDependencies;
}

function jsonText(schema: Json): string {
  return `${JSON.stringify(schema, null, 2)}\n`;
}

/** As the formatter wants it, so that generated code passes the same checks as written code. */
async function formatted(path: string, source: string): Promise<string> {
  const { stdout } = await execa('biome', ['check', '--write', `--stdin-file-path=${path}`], {
    input: source,
    cwd: REPOSITORY,
    preferLocal: true,
    localDir: REPOSITORY,
    stripFinalNewline: false,
  });
  return stdout;
}
