import { writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { asUnwritable } from '../bundle/fs-errors.ts';
import { makeFolder } from '../bundle/make-folder.ts';
import { AigateError } from '../contract/errors.ts';
import type { Io } from './io.ts';

/** One `--format` argument: to standard output, or into a file. */
export interface ReportSpec<F extends string> {
  readonly format: F;
  /** Relative to cwd; undefined = standard output. */
  readonly path: string | undefined;
}

/** Reads `F` or `F=PATH`. @throws AigateError USAGE */
export function parseReportSpec<const F extends string>(formats: readonly F[], text: string): ReportSpec<F> {
  const [name, path] = text.includes('=')
    ? [text.slice(0, text.indexOf('=')), text.slice(text.indexOf('=') + 1)]
    : [text];
  const format = formats.find((known) => known === name);
  if (format === undefined || path === '') {
    throw new AigateError('USAGE', `--format ${text} is not understood`, {
      hint: `Use one of ${formats.join(', ')}, with =PATH for a file.`,
    });
  }
  return { format, path };
}

/** Before anything is judged: a report that cannot be written must not come after a bundle that was. */
export async function makeReportFolders(io: Io, specs: readonly ReportSpec<string>[]): Promise<void> {
  for (const { path } of specs) {
    if (path === undefined) continue;
    try {
      await makeFolder(dirname(resolve(io.cwd, path)));
    } catch (cause) {
      throw asUnwritable(path, cause);
    }
  }
}

/** To standard output or into the file. @throws AigateError when the file cannot be written */
export async function writeReport(io: Io, { path }: ReportSpec<string>, text: string): Promise<void> {
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
