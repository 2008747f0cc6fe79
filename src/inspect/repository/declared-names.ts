import type { FoundAt, FoundServer } from '../../contract/repository-facts.ts';

/** A text file by its path; undefined = it is not there or cannot be read. */
export type ReadText = (path: string) => Promise<string | undefined>;

/** The name of the package, from package.json or pyproject.toml. */
export async function packageName(read: ReadText): Promise<FoundAt<string> | undefined> {
  const name = stringAt(parse(await read('package.json')), 'name');
  if (name !== undefined) return { value: name, at: 'package.json' };
  const project = /^\s*name\s*=\s*["']([^"'\n]+)["']/m.exec((await read('pyproject.toml')) ?? '')?.[1];
  return project === undefined ? undefined : { value: project, at: 'pyproject.toml' };
}

const OWNER_FILES = ['CODEOWNERS', '.github/CODEOWNERS', 'docs/CODEOWNERS'];

/** The last rule for everything counts, as it does for the code host. */
export async function codeOwner(read: ReadText): Promise<FoundAt<string> | undefined> {
  for (const path of OWNER_FILES) {
    const lines = ((await read(path)) ?? '').split(/\r?\n/);
    const rule = lines.findLastIndex((line) => /^\s*\*\s+\S/.test(line));
    const owner = lines[rule]?.trim().split(/\s+/)[1];
    if (owner !== undefined) return { value: owner.replace(/^@/, ''), at: `${path}:${rule + 1}` };
  }
  return undefined;
}

const MCP_FILES = ['.mcp.json', 'mcp.json', '.vscode/mcp.json', '.cursor/mcp.json', '.claude/settings.json'];

/** MCP servers that are configured for the workload. Nothing is started. */
export async function mcpServers(read: ReadText): Promise<FoundAt<FoundServer>[]> {
  const found = await Promise.all(
    MCP_FILES.map(async (path) => {
      const settings = parse(await read(path));
      const servers = objectAt(settings, 'mcpServers') ?? objectAt(settings, 'servers') ?? {};
      return Object.entries(servers).map(([name, server]) => ({ value: { name, target: targetOf(server) }, at: path }));
    }),
  );
  const all = found.flat();
  return all.filter(({ value: { name } }, i) => all.findIndex((other) => other.value.name === name) === i);
}

function targetOf(server: unknown): FoundServer['target'] {
  const url = stringAt(server, 'url');
  if (url !== undefined) return { url };
  const program = stringAt(server, 'command');
  if (program === undefined) return undefined;
  const args: unknown = Reflect.get(Object(server), 'args') ?? [];
  if (!Array.isArray(args) || !args.every((arg) => typeof arg === 'string')) return undefined;
  return { command: [program, ...args], passEnv: variablesOf(objectAt(server, 'env')) };
}

function variablesOf(env: object = {}): string[] {
  return Object.keys(env).filter((name) => /^[A-Za-z_][A-Za-z0-9_]*$/.test(name));
}

function parse(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

function objectAt(value: unknown, key: string): object | undefined {
  const member = typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
  return typeof member === 'object' && member !== null && !Array.isArray(member) ? member : undefined;
}

function stringAt(value: unknown, key: string): string | undefined {
  const member = typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
  return typeof member === 'string' && member.trim() !== '' ? member : undefined;
}
