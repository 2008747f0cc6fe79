import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { rolldown } from 'rolldown';
import { REPOSITORY } from '../repository.ts';
import type { Usage } from './report-usage.ts';

/** As plain JavaScript: a loader in the measured process would be measured too. @returns the path of the program */
export async function compile(program: URL, dir: string): Promise<string> {
  const bundle = await rolldown({ input: fileURLToPath(program), platform: 'node' });
  const { output } = await bundle.write({ dir, format: 'esm', entryFileNames: '[name].mjs' });
  await bundle.close();
  return join(dir, output[0].fileName);
}

/**
 * Runs a compiled program, which ends with `reportUsage`. A shell stands between: Linux begins the peak memory of a
 * process with that of whoever started it, and this one has a bundler inside.
 */
export async function measure(program: string, args: readonly string[]): Promise<Usage> {
  const command = [process.execPath, '--expose-gc', program, ...args];
  const { stdout } = await execa('sh', ['-c', '"$@"; exit $?', 'sh', ...command], { cwd: REPOSITORY, stdin: 'ignore' });
  return JSON.parse(stdout) as Usage; // written by reportUsage and by nobody else
}
