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
  { name: 'lint and format', command: ['biome', 'ci', '--error-on-warnings', '--colors=off'] },
  { name: 'imports', command: ['tsx', 'src/dev/guard-imports.ts'] },
  { name: 'generated files', command: ['tsx', 'src/dev/gen.ts', '--check'] },
  { name: 'unused code', command: ['knip', '--config', '.config/knip.json', '--treat-config-hints-as-errors'] },
];

export interface GuardResult {
  readonly guard: Guard;
  readonly hasPassed: boolean;
  readonly output: string;
  readonly seconds: number;
}

/** Runs a guard on the tree under `root`. */
export async function runGuard(guard: Guard, root = REPOSITORY): Promise<GuardResult> {
  const [program, ...args] = guard.command;
  const { failed, all, durationMs } = await execa(program, args, {
    cwd: root,
    preferLocal: true,
    localDir: REPOSITORY,
    reject: false,
    all: true,
  });
  return { guard, hasPassed: !failed, output: all, seconds: durationMs / 1000 };
}

/** Runs the guards two at a time, prints a line for each and the output of those that fail. Returns how many failed. */
export async function runGuards(guards: readonly Guard[], print: (text: string) => void): Promise<number> {
  const twoAtATime = pLimit(2);
  const results = await Promise.all(
    guards.map((guard) =>
      twoAtATime(async () => {
        const result = await runGuard(guard);
        print(describe(result));
        return result;
      }),
    ),
  );
  return results.filter(({ hasPassed }) => !hasPassed).length;
}

function describe({ guard, hasPassed, output, seconds }: GuardResult): string {
  const line = `${guard.name} (${guard.command.join(' ')}, ${seconds.toFixed(1)} s)`;
  return hasPassed ? `ok      ${line}` : `failed  ${line}\n${output}`;
}
