import type { RepositoryFacts } from '../../contract/repository-facts.ts';
import { maskSecrets } from '../secrets.ts';
import { guess, scalar } from './yaml-line.ts';

/**
 * The configured MCP servers as `mcp` would declare them, as comments: what is declared there is started or called, and
 * nothing that was only found in a file is.
 */
export function draftServers(servers: RepositoryFacts['mcpServers']): string[] {
  const lines = servers.flatMap(({ value: { name, target }, at }) =>
    target === undefined ? [] : [maskSecrets(`#   ${scalar(name)}: ${targetText(target)}${guess(at)}`)],
  );
  if (lines.length === 0) return [];
  return [
    '# Remove the marks to have these servers asked for their tools, then run aigate tools lock.',
    '# mcp:',
    ...lines,
  ];
}

function targetText(target: NonNullable<RepositoryFacts['mcpServers'][number]['value']['target']>): string {
  if ('url' in target) return `{ url: ${scalar(target.url)} }`;
  const passed = target.passEnv.length === 0 ? '' : `, passEnv: [${target.passEnv.map(scalar).join(', ')}]`;
  return `{ command: [${target.command.map(scalar).join(', ')}]${passed} }`;
}
