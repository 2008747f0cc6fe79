import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, relative, resolve } from 'node:path';
import { asUnwritable } from '../../bundle/fs-errors.ts';
import { readPrivateKey } from '../../bundle/keys.ts';
import { signBundle } from '../../bundle/sign-bundle.ts';
import { AigateError } from '../../contract/errors.ts';
import type { Stage } from '../../contract/gate.ts';
import type { RunResult } from '../../contract/result.ts';
import { type Evaluated, evaluateWorkload } from '../evaluate-workload.ts';
import { type ExitCode, worstExit } from '../exit-codes.ts';
import { type FormatSpec, render } from '../formats.ts';
import type { Io } from '../io.ts';
import { loadPlan } from '../load-plan.ts';
import { readKey } from './sign.ts';

export interface CheckOptions {
  readonly targets: readonly string[];
  readonly policy: string | undefined;
  readonly stage: Stage;
  /** Folder for bundles, relative to cwd; undefined = `.aigate/evidence` beside each manifest. */
  readonly out: string | undefined;
  readonly key: string | undefined;
  readonly formats: readonly FormatSpec[];
  readonly color: boolean | undefined;
}

/** Judges each workload, writes its bundle and reports; exits with the worst verdict. */
export async function check(io: Io, options: CheckOptions): Promise<ExitCode> {
  const writesReportFile = options.formats.some(({ path }) => path !== undefined);
  if (options.targets.length > 1 && writesReportFile) {
    throw new AigateError('USAGE', '--format with a path takes one workload', {
      hint: 'Check the workloads one by one.',
    });
  }
  await makeReportFolders(io, options.formats);
  const privateKey = options.key === undefined ? undefined : readPrivateKey(await readKey(io, options.key));
  const codes: ExitCode[] = [];
  for (const target of options.targets) {
    const loaded = await loadPlan({ ...options, cwd: io.cwd, target, evaluatedAt: io.now() });
    const outDir = options.out === undefined ? resolve(loaded.root, '.aigate/evidence') : resolve(io.cwd, options.out);
    const evaluated = await evaluateWorkload(loaded, { outDir, version: io.version, signal: io.signal });
    if (privateKey !== undefined) await signBundle({ dir: evaluated.bundleDir, privateKey });
    await report(io, options, evaluated);
    codes.push(evaluated.result.exitCode);
  }
  return worstExit(codes);
}

/** Before anything is judged: a report that cannot be written must not come after a bundle that was. */
async function makeReportFolders(io: Io, formats: readonly FormatSpec[]): Promise<void> {
  for (const { path } of formats) {
    if (path === undefined) continue;
    try {
      await mkdir(dirname(resolve(io.cwd, path)), { recursive: true });
    } catch (cause) {
      throw asUnwritable(path, cause);
    }
  }
}

async function report(io: Io, options: CheckOptions, { result, bundleDir }: Evaluated): Promise<void> {
  for (const format of options.formats) await write(io, options, format, result);
  const signed = options.key === undefined ? 'unsigned' : 'signed';
  io.stderr.write(`Evidence bundle (${signed}): ${relative(io.cwd, bundleDir) || '.'}\n`);
}

async function write(io: Io, options: CheckOptions, { format, path }: FormatSpec, result: RunResult): Promise<void> {
  const text = await render(result, format, { io, color: options.color, isFile: path !== undefined });
  if (path === undefined) {
    io.stdout.write(text);
    return;
  }
  try {
    await writeFile(resolve(io.cwd, path), text);
  } catch (cause) {
    throw asUnwritable(path, cause);
  }
}
