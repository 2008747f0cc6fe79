import { execa } from 'execa';
import pLimit from 'p-limit';
import { REPOSITORY } from './repository.ts';

/** One program that must leave with 0. */
export interface Guard {
  readonly name: string;
  readonly command: readonly [program: string, ...args: string[]];
}

/** Everything that is judged without running the product. */
export const GUARDS: readonly Guard[] = [
  { name: 'types', command: ['tsc', '--noEmit'] },
  { name: 'types of gates, which see no Node', command: ['tsc', '--noEmit', '-p', 'gates'] },
  { name: 'lint and format', command: ['biome', 'ci', '--error-on-warnings'] },
  { name: 'imports', command: ['tsx', 'src/dev/guard-imports.ts'] },
  { name: 'generated files', command: ['tsx', 'src/dev/gen.ts', '--check'] },
  { name: 'unused code', command: ['knip', '--config', '.config/knip.json', '--treat-config-hints-as-errors'] },
];

/** Runs all of them, two at a time, and prints the output of those that fail. Returns how many failed. */
export async function runGuards(guards: readonly Guard[], print: (text: string) => void): Promise<number> {
  const twoAtATime = pLimit(2);
  const results = await Promise.all(guards.map((guard) => twoAtATime(() => runGuard(guard, print))));
  return results.filter((hasPassed) => !hasPassed).length;
}

async function runGuard({ name, command }: Guard, print: (text: string) => void): Promise<boolean> {
  const [program, ...args] = command;
  const { failed, all, durationMs } = await execa(program, args, {
    cwd: REPOSITORY,
    preferLocal: true,
    localDir: REPOSITORY,
    reject: false,
    all: true,
  });
  const seconds = (durationMs / 1000).toFixed(1);
  print(failed ? `failed  ${name} (${command.join(' ')}, ${seconds} s)\n${all}` : `ok      ${name} (${seconds} s)`);
  return !failed;
}
