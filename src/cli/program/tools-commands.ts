import type { Command } from 'commander';
import type { Io } from '../io.ts';
import type { Finish } from './options.ts';

/** Commands about what the workload's tools are: `tools lock`, `tools diff` and `tools learn`. */
export function addToolsCommands(program: Command, io: Io, finish: Finish): void {
  const tools = program
    .command('tools')
    .description('lock what tool servers serve, see what changes, and propose a policy');
  addLock(tools, io, finish);
  addDiff(tools, io, finish);
  addLearn(tools, io, finish);
}

function addLock(tools: Command, io: Io, finish: Finish): void {
  tools
    .command('lock')
    .description('list the tools of the declared MCP servers, show what changed and write the lock')
    .argument('[dir]', 'folder that holds an aigate.yaml', '.')
    .option('--check', 'write nothing; exit 1 when anything differs from the lock', false)
    .option('--json', 'print the differences as JSON', false)
    .action(async (target: string, { check, json }: { readonly check: boolean; readonly json: boolean }) => {
      const { toolsLock } = await import('../commands/tools-lock.ts');
      finish(await toolsLock(io, { target, check, json }));
    });
}

function addDiff(tools: Command, io: Io, finish: Finish): void {
  tools
    .command('diff')
    .description(
      'show what differs between two locks or two manifests, newly gained authority first; exit 1 when anything does',
    )
    .argument('<before>', 'a lock, or a manifest (.yaml)')
    .argument('<after>', 'another of the same')
    .option('--json', 'print the differences as JSON', false)
    .action(async (before: string, after: string, { json }: { readonly json: boolean }) => {
      const { toolsDiff } = await import('../commands/tools-diff.ts');
      finish(await toolsDiff(io, { before, after, json }));
    });
}

function addLearn(tools: Command, io: Io, finish: Finish): void {
  tools
    .command('learn')
    .description('propose the tools of a manifest from recordings and the lock, each marked reviewed: false')
    .argument('[dir]', 'folder that holds an aigate.yaml', '.')
    .option('--from <file>', 'start from Claude Code settings or a JSON list of tools instead')
    .action(async (target: string, { from }: { readonly from?: string }) => {
      const { toolsLearn } = await import('../commands/tools-learn.ts');
      finish(await toolsLearn(io, { target, from }));
    });
}
