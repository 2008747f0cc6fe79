import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AigateError } from '../contract/errors.ts';
import { type CodeScan, type InspectedFile, type Inspection, LONGEST_TEXT } from '../contract/inspection.ts';
import { pointerOf } from '../contract/manifest-ref.ts';
import type { Plan } from '../contract/plan.ts';

/** What an inspection needs from outside: files, history, redaction. */
export interface InspectionTools extends Pick<Inspection, 'lock' | 'served'> {
  /** Folder of the manifest, absolute. */
  readonly root: string;
  /** Regular files below the root that a path or glob names, with POSIX separators. */
  readonly list: (pattern: string) => Promise<readonly string[]>;
  /** ISO date-time of the last commit of each file; undefined when there is no whole history to ask. */
  readonly history: (paths: readonly string[]) => Promise<ReadonlyMap<string, string> | undefined>;
  readonly redact: (text: string) => string;
  /** Looks at the code; `paths` are those of `workload.code`. */
  readonly scan: (paths: readonly string[]) => Promise<CodeScan>;
}

/** Entries of the manifest whose files checks look into. */
const READ_ALOUD = ['/evidence/runbook', '/evidence/disclosure/path'] as const;

/**
 * Looks at what the manifest names besides recordings: artifacts, knowledge, runbook, disclosure and code. A file that is
 * named and not there is missing from the inspection, which no check may take for a pass.
 * @throws AigateError FILE_UNREADABLE
 */
export async function inspectWorkload(plan: Plan, tools: InspectionTools): Promise<Inspection> {
  const named = namedBy(plan);
  const paths = new Map<string, readonly string[]>();
  for (const [pointer, pattern] of named) paths.set(pointer, await tools.list(pattern));
  const all = [...new Set([...paths.values()].flat())].sort();
  const readAloud = new Set(READ_ALOUD.flatMap((pointer) => paths.get(pointer) ?? []));
  const history = await tools.history(all);
  const texts: [path: string, text: string][] = [];
  const files = new Map<string, InspectedFile>();
  for (const path of all) {
    const bytes = await readNamed(tools.root, path);
    files.set(path, inspected(path, bytes, history));
    // Redacted whole: half of a secret at the end of a cut text would not be recognised.
    if (readAloud.has(path)) texts.push([path, tools.redact(bytes.toString('utf8')).slice(0, LONGEST_TEXT)]);
  }
  return {
    files: Object.fromEntries(
      [...paths].map(([pointer, list]) => [pointer, list.flatMap((path) => files.get(path) ?? [])]),
    ),
    texts: Object.fromEntries(texts),
    scan: plan.code.length === 0 ? undefined : await tools.scan(await listAll(plan.code, tools)),
    lock: tools.lock,
    served: tools.served,
    hasHistory: history !== undefined,
  };
}

/** @throws AigateError FILE_UNREADABLE */
async function readNamed(root: string, path: string): Promise<Buffer> {
  try {
    return await readFile(join(root, path));
  } catch (cause) {
    const reason = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
    throw new AigateError('FILE_UNREADABLE', `${path} cannot be read: ${reason}`, { cause });
  }
}

/** Manifest pointer → path or glob. */
function namedBy({ artifacts, knowledge, evidence }: Plan): [pointer: string, pattern: string][] {
  const { runbook, disclosure } = evidence;
  return [
    ...artifacts.map((pattern, i): [string, string] => [pointerOf('workload', 'artifacts', i), pattern]),
    ...(typeof knowledge === 'object' ? knowledge : []).map(({ path }, i): [string, string] => [
      pointerOf('knowledge', i, 'path'),
      path,
    ]),
    ...(runbook === undefined || isAddress(runbook) ? [] : [['/evidence/runbook', runbook] as [string, string]]),
    ...(disclosure?.path === undefined ? [] : [['/evidence/disclosure/path', disclosure.path] as [string, string]]),
  ];
}

function isAddress(text: string): boolean {
  return /^[a-z][a-z0-9+.-]*:/i.test(text);
}

function inspected(path: string, bytes: Buffer, history: ReadonlyMap<string, string> | undefined): InspectedFile {
  return {
    path,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    bytes: bytes.length,
    changedAt: history?.get(path),
  };
}

async function listAll(patterns: readonly string[], { list }: InspectionTools): Promise<readonly string[]> {
  const lists = await Promise.all(patterns.map(list));
  return [...new Set(lists.flat())].sort();
}
