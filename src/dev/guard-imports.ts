import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { cruise, type ICruiseResult } from 'dependency-cruiser';
import extractTsConfig from 'dependency-cruiser/config-utl/extract-ts-config';
import { listFiles, REPOSITORY } from './repository.ts';

export interface ImportReport {
  /** `rule: from → to`, one line each. */
  readonly violations: readonly string[];
  /** Source files that the tool did not read: with one of them, "no violations" would mean nothing. */
  readonly unread: readonly string[];
  readonly moduleCount: number;
}

const FOLDERS = ['bin', 'src', 'gates', 'examples'];

/**
 * Holds the tree under `root` against the rules of .config/dependency-cruiser.cjs. The tool reports no violations
 * in no modules when it cannot read the sources (a newer TypeScript, a moved folder), hence `unread`.
 */
export async function guardImports(root: string, read = cruise): Promise<ImportReport> {
  const config = createRequire(import.meta.url)(join(REPOSITORY, '.config/dependency-cruiser.cjs'));
  const folders = FOLDERS.filter((folder) => existsSync(join(root, folder)));
  const { tsConfig, enhancedResolveOptions, ...options } = config.options;
  const { output } = await read(
    folders,
    { ...options, baseDir: root, validate: true, ruleSet: { forbidden: config.forbidden } },
    enhancedResolveOptions,
    { tsConfig: extractTsConfig(join(REPOSITORY, tsConfig.fileName)) },
  );
  if (typeof output === 'string') throw new Error(`dependency-cruiser answered with text: ${output}`);
  const seen = new Set(output.modules.map(({ source }) => source));
  const files = await Promise.all(
    folders.map((folder) => listFiles(root, folder, (path) => /\.[cm]?[jt]s$/.test(path))),
  );
  return {
    violations: describe(output),
    unread: files.flat().filter((path) => !seen.has(path)),
    moduleCount: output.modules.length,
  };
}

function describe({ summary }: ICruiseResult): string[] {
  return summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`).sort();
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { violations, unread, moduleCount } = await guardImports(REPOSITORY);
  for (const line of violations) console.error(line);
  for (const path of unread) console.error(`not read by the import guard: ${path}`);
  console.error(`${moduleCount} modules read, ${violations.length} violations, ${unread.length} files not read`);
  process.exitCode = violations.length + unread.length > 0 || moduleCount === 0 ? 1 : 0;
}
