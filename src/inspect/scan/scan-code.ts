import { createHash } from 'node:crypto';
import type { CodeFinding, CodeScan } from '../../contract/inspection.ts';
import { findingsAcross } from './across-modules.ts';
import { type Language, languageOf, unscannedLanguageOf } from './file-languages.ts';
import type { ModuleSummary } from './module-summary.ts';
import { createSourceReader, decodeSource, type ReadSource } from './read-source.ts';
import { scanText, type TextScan } from './scan-text.ts';

/** How many findings are kept; all are counted. */
export const MOST_FINDINGS = 1_000;

/** Files that are read at the same time. */
const AT_ONCE = 32;

export interface ScanRequest {
  /** Folder that paths are relative to, absolute. */
  readonly root: string;
  /** Files, with POSIX separators; what is no code or settings is passed over. */
  readonly paths: readonly string[];
}

/** A file of a scanned language; no scan and no digest = it could not be read. */
interface ScannedFile {
  readonly path: string;
  readonly language: Language;
  readonly scan: TextScan | undefined;
  readonly digest: string | undefined;
}

/**
 * Looks into JavaScript, TypeScript, Python and gateway settings for what ties a workload to one provider and for what
 * makes failures worse; the rules are in `rules.ts`. Reads only; runs nothing; follows no symlink.
 *
 * Passed over and not counted: installed and built code (`node_modules`, `dist`), declarations, and tests (`tests/`,
 * `__tests__/`, `*.test.*`, `*_test.py` and the like): what a test names is not what runs in production. YAML and JSON
 * count as `gateway-config` only when they are that. Code that mentions models and is minified, nested without end or
 * broken beyond reading is listed as unread, like files above a megabyte: silence about them would look like a pass. Code
 * in other languages is counted by them for the same reason.
 */
export async function scanCode({ root, paths }: ScanRequest): Promise<CodeScan> {
  const read = createSourceReader(root);
  const result = createResult();
  const files = [...new Set(paths)].sort();
  // Batches keep the order and bound what is in memory.
  for (let i = 0; i < files.length; i += AT_ONCE) {
    const scanned = await Promise.all(files.slice(i, i + AT_ONCE).map((path) => scanFile(path, read)));
    for (const file of scanned) if (file !== undefined) result.add(file);
  }
  for (const path of files) result.addUnscanned(path);
  return result.finish();
}

async function scanFile(path: string, read: ReadSource): Promise<ScannedFile | undefined> {
  const language = languageOf(path);
  if (language === undefined) return undefined;
  const bytes = await read(path);
  if (bytes === undefined) {
    // Large data files are common, settings of that size are not.
    return language === 'gateway-config' ? undefined : { path, language, scan: undefined, digest: undefined };
  }
  const scan = scanText(decodeSource(bytes), path, language);
  const digest = scan.kind === 'scanned' ? createHash('sha256').update(bytes).digest('hex') : undefined;
  return scan.kind === 'unrelated' ? undefined : { path, language, scan, digest };
}

/** What was counted, of all files and findings. */
interface Tally {
  readonly files: Map<string, number>;
  readonly unscanned: Map<string, number>;
  readonly counts: Map<string, number>;
  readonly digests: Map<string, string>;
  readonly withFindings: Set<string>;
}

function createResult() {
  const tally: Tally = {
    files: new Map(),
    unscanned: new Map(),
    counts: new Map(),
    digests: new Map(),
    withFindings: new Set(),
  };
  const summaries: ModuleSummary[] = [];
  const findings: CodeFinding[] = [];
  const unread: string[] = [];
  return {
    /** In the order of the paths, so that the first findings to come are the first in the result. */
    add({ path, language, scan, digest }: ScannedFile): void {
      if (scan === undefined || scan.kind === 'unreadable') {
        unread.push(path);
        return;
      }
      increase(tally.files, language);
      if (scan.kind !== 'scanned') return;
      if (digest !== undefined) tally.digests.set(path, digest);
      count(tally, scan.findings);
      summaries.push(scan.summary);
      findings.push(...scan.findings.slice(0, MOST_FINDINGS - findings.length));
    },
    addUnscanned(path: string): void {
      const language = unscannedLanguageOf(path);
      if (language !== undefined) increase(tally.unscanned, language);
    },
    finish(): CodeScan {
      const across = findingsAcross(summaries);
      count(tally, across);
      return {
        files: sorted(tally.files),
        unscanned: sorted(tally.unscanned),
        findings: [...findings, ...across].sort(byPlace).slice(0, MOST_FINDINGS),
        counts: sorted(tally.counts),
        digests: sorted(new Map([...tally.digests].filter(([path]) => tally.withFindings.has(path)))),
        unread,
      };
    },
  };
}

function count({ counts, withFindings }: Tally, findings: readonly CodeFinding[]): void {
  for (const { rule, path } of findings) {
    increase(counts, rule);
    withFindings.add(path);
  }
}

function increase(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function byPlace(a: CodeFinding, b: CodeFinding): number {
  return compare(a.path, b.path) || a.line - b.line || a.column - b.column || compare(a.rule, b.rule);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function sorted<T>(map: ReadonlyMap<string, T>): Record<string, T> {
  return Object.fromEntries([...map].sort(([a], [b]) => compare(a, b)));
}
