import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { AnyCheck } from '../../contract/check.ts';
import { GATE_IDS, type Gate, type GateId } from '../../contract/gate.ts';
import type { AnyMeasure } from '../../contract/measure.ts';
import { listFiles } from '../repository.ts';

export interface DescribedMeasure {
  readonly measure: AnyMeasure;
  /** The doc comment of its file as one paragraph: what is measured, in which unit. */
  readonly description: string;
}

/** Everything below `gates/`: gates in the order they are judged, checks and measures by gate, then id. */
export interface LoadedCatalogue {
  readonly gates: readonly Gate[];
  readonly checks: readonly AnyCheck[];
  readonly measures: readonly DescribedMeasure[];
}

type Part = 'checks' | 'measures';

/** Imports every gate, check and measure under `root`. @throws Error naming every file that breaks a rule. */
export async function loadCatalogue(root: string): Promise<LoadedCatalogue> {
  const problems: string[] = await strayFolders(root);
  const gates: Gate[] = [];
  const checks: AnyCheck[] = [];
  const measures: DescribedMeasure[] = [];
  for (const id of GATE_IDS) {
    const gate = await importDefault<Gate>(root, `gates/${id}/gate.ts`);
    if (gate?.id === id) gates.push(gate);
    else problems.push(`gates/${id}/gate.ts must export the gate "${id}" as its default`);
    for (const path of await modulesOf(root, id, 'checks')) {
      const check = await importDefault<AnyCheck>(root, path);
      if (check?.meta.id === idOf(path)) checks.push(check);
      else problems.push(misnamed(path, 'meta.id', check?.meta.id));
    }
    for (const path of await modulesOf(root, id, 'measures')) {
      const measure = await importDefault<AnyMeasure>(root, path);
      const description = docComment(await readFile(join(root, path), 'utf8'));
      if (measure?.id !== idOf(path)) problems.push(misnamed(path, 'id', measure?.id));
      else if (description === '') problems.push(`${path} needs a doc comment that says what it measures`);
      else measures.push({ measure, description });
    }
  }
  problems.push(...mismatchedNeeds(checks, measures));
  if (problems.length > 0) throw new Error(`the catalogue cannot be generated:\n  ${problems.join('\n  ')}`);
  return { gates, checks, measures };
}

/** Ready policies that manifests may extend; data, not a gate. */
const POLICY_PACKS = 'packs';

async function strayFolders(root: string): Promise<string[]> {
  const known: readonly string[] = [...GATE_IDS, POLICY_PACKS];
  const entries = await readdir(join(root, 'gates'), { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory() && !known.includes(entry.name))
    .map(({ name }) => `gates/${name} is not a gate: ${GATE_IDS.join(', ')}`);
}

/** Paths of the modules directly inside `gates/<gate>/<part>`, sorted by id. */
async function modulesOf(root: string, gate: GateId, part: Part): Promise<string[]> {
  const folder = `gates/${gate}/${part}`;
  if (!existsSync(join(root, folder))) return [];
  return listFiles(root, folder, (path) => /\/(checks|measures)\/[^/]+(?<!\.test)\.ts$/.test(path));
}

function idOf(path: string): string {
  return path.replace(/^gates\/([^/]+)\/[^/]+\/(.+)\.ts$/, '$1/$2');
}

function misnamed(path: string, field: string, id: string | undefined): string {
  return `${path} must export, as its default, the one whose ${field} is "${idOf(path)}"; found ${id ?? 'none'}`;
}

async function importDefault<T>(root: string, path: string): Promise<T | undefined> {
  if (!existsSync(join(root, path))) return undefined;
  const module: { default?: T } = await import(pathToFileURL(join(root, path)).href);
  return module.default;
}

/** The text of the comment right above `export default`, on one line; empty without one. */
function docComment(source: string): string {
  const above = source.slice(0, source.indexOf('\nexport default '));
  const [, text = ''] = /\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*$/.exec(above) ?? [];
  return text
    .split('\n')
    .map((line) => line.replace(/^\s*\*? ?/, '').trim())
    .join(' ')
    .trim();
}

/** Needs and measures must be the same set: a stray need would be missing from the pages, a stray measure is dead. */
/** Measures that reports show, whatever checks need. */
const SHOWN: ReadonlySet<string> = new Set(['tool-control/call-decisions']);

function mismatchedNeeds(checks: readonly AnyCheck[], measures: readonly DescribedMeasure[]): string[] {
  const known = new Set<AnyMeasure>(measures.map(({ measure }) => measure));
  const needs = checks.flatMap((check) =>
    Object.entries<AnyMeasure>(check.needs).map(([name, measure]) => ({ id: check.meta.id, name, measure })),
  );
  const needed = new Set(needs.map(({ measure }) => measure));
  return [
    ...needs
      .filter(({ measure }) => !known.has(measure))
      .map(({ id, name }) => `${id} needs "${name}", which is not the default export of a file in gates/*/measures`),
    ...[...known]
      .filter((measure) => !needed.has(measure) && !SHOWN.has(measure.id))
      .map(({ id }) => `no check needs the measure ${id}`),
  ];
}
