import { execa } from 'execa';

/**
 * Mean CPU (user and system, all threads) of one run of a command, in ms, over `runs` runs one after the other.
 * POSIX `times` counts finished children as the operating system does, so that nothing is loaded into the measured
 * process. The command's own exit code is ignored. @throws when the shell's answer cannot be read
 */
export async function cpuOf(command: readonly string[], runs: number, cwd: string): Promise<number> {
  const loop = 'i=0; n=$1; shift; while [ "$i" -lt "$n" ]; do "$@" >/dev/null 2>&1; i=$((i+1)); done; times';
  const { stdout } = await execa('sh', ['-c', loop, 'sh', String(runs), ...command], { cwd, stdin: 'ignore' });
  const [, children = ''] = stdout.split('\n');
  const seconds = [...children.matchAll(/(\d+)m(\d+(?:\.\d+)?)s/g)].map(([, m, s]) => Number(m) * 60 + Number(s));
  if (seconds.length !== 2) throw new Error(`sh answered ${JSON.stringify(stdout)} to times`);
  return (1000 * seconds.reduce((sum, part) => sum + part, 0)) / runs;
}
