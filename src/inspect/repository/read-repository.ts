import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { CodeFinding, CodeScan } from '../../contract/inspection.ts';
import type { FoundAt, RepositoryFacts } from '../../contract/repository-facts.ts';
import { providerOfModule } from '../scan/known-packages.ts';
import { codeOwner, mcpServers, packageName, type ReadText } from './declared-names.ts';
import { artifactGlobs, codeGlobs } from './known-files.ts';

export interface RepositoryRequest {
  /** Absolute. */
  readonly root: string;
  /** Every regular file below it, with POSIX separators. */
  readonly paths: readonly string[];
  readonly scan: CodeScan;
  readonly recordings: RepositoryFacts['recordings'];
}

/** Larger files are no settings. */
const MOST_BYTES = 1_000_000;

/** Gathers what the files of a repository say about the workload. */
export async function readRepository({ root, paths, scan, recordings }: RepositoryRequest): Promise<RepositoryFacts> {
  const known = new Set(paths);
  const read: ReadText = async (path) => {
    if (!known.has(path) || (await stat(join(root, path))).size > MOST_BYTES) return undefined;
    return readFile(join(root, path), 'utf8');
  };
  const { findings } = scan;
  const calling = findings.filter(({ rule }) => rule === 'provider-sdk').map(({ path }) => path);
  const gateway = findings.find(({ rule, path }) => rule === 'gateway-fallback' && /\.(?:ya?ml|json)$/.test(path));
  return {
    name: await packageName(read),
    owner: await codeOwner(read),
    artifacts: artifactGlobs(paths),
    code: codeGlobs(paths, calling),
    providers: providersOf(findings),
    models: modelsOf(findings),
    tools: toolsOf(findings),
    gateway: gateway === undefined ? undefined : { value: gatewayName(gateway.path), at: placeOf(gateway) },
    mcpServers: await mcpServers(read),
    recordings,
  };
}

const MODEL_RULES: ReadonlySet<string> = new Set([
  'model-id',
  'floating-model-id',
  'inference-profile',
  'default-model',
]);

function providersOf(findings: readonly CodeFinding[]): FoundAt<string>[] {
  const found = findings.flatMap((finding) => {
    const provider = finding.rule === 'provider-sdk' ? providerOfModule(finding.found) : undefined;
    return provider === undefined ? [] : [{ value: provider, at: placeOf(finding) }];
  });
  return found.filter(({ value }, i) => found.findIndex((other) => other.value === value) === i);
}

function toolsOf(findings: readonly CodeFinding[]): FoundAt<string>[] {
  const places = new Map<string, string>();
  for (const finding of findings) {
    if (finding.rule === 'offered-tool' && !places.has(finding.found)) places.set(finding.found, placeOf(finding));
  }
  return [...places].map(([value, at]) => ({ value, at }));
}

/** Names that occur more often stand for what is called more often; ties keep the order of places. */
function modelsOf(findings: readonly CodeFinding[]): FoundAt<string>[] {
  const places = new Map<string, CodeFinding[]>();
  for (const finding of findings) {
    if (MODEL_RULES.has(finding.rule)) places.set(finding.found, [...(places.get(finding.found) ?? []), finding]);
  }
  return [...places]
    .sort(([, a], [, b]) => b.length - a.length)
    .flatMap(([value, [first]]) => (first === undefined ? [] : [{ value, at: placeOf(first) }]));
}

function placeOf({ path, line }: CodeFinding): string {
  return `${path}:${line}`;
}

function gatewayName(path: string): string {
  return /litellm/i.test(path) ? 'litellm' : /portkey/i.test(path) ? 'portkey' : 'gateway';
}
