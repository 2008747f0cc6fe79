import type { KeyObject } from 'node:crypto';
import { relative, resolve } from 'node:path';
import { readPrivateKey } from '../../bundle/keys.ts';
import { signBundle } from '../../bundle/sign-bundle.ts';
import { AigateError } from '../../contract/errors.ts';
import type { Stage } from '../../contract/gate.ts';
import type { Portfolio, UnjudgedWorkload } from '../../contract/portfolio.ts';
import { type JudgedWorkload, portfolioOf } from '../../engine/portfolio.ts';
import { describeError } from '../describe-error.ts';
import { evaluateWorkload } from '../evaluate-workload.ts';
import { type ExitCode, exitCodeFor, worstExit } from '../exit-codes.ts';
import { type Format, type PortfolioFormat, render, renderPortfolio } from '../formats.ts';
import type { Io } from '../io.ts';
import { loadPlan } from '../load-plan.ts';
import { progressOn } from '../progress.ts';
import { makeReportFolders, type ReportSpec, writeReport } from '../report-files.ts';
import { readKey } from './sign.ts';

export interface CheckOptions {
  readonly targets: readonly string[];
  readonly policy: string | undefined;
  readonly stage: Stage;
  /** Folder for bundles, relative to cwd; undefined = `.aigate/evidence` beside each manifest. */
  readonly out: string | undefined;
  readonly key: string | undefined;
  readonly formats: readonly ReportSpec<Format>[];
  /** Reports of all workloads together. */
  readonly portfolio: readonly ReportSpec<PortfolioFormat>[];
  readonly color: boolean | undefined;
  /** Bundle of an earlier evaluation, or a folder of bundles; undefined = nothing is compared. */
  readonly baseline: string | undefined;
}

/**
 * Judges each workload, writes its bundle and reports; exits with the worst verdict. Of several, one that cannot be
 * judged does not keep the others from it.
 * @throws AigateError for a single workload that cannot be judged
 */
export async function check(io: Io, options: CheckOptions): Promise<ExitCode> {
  mustFit(options);
  await makeReportFolders(io, [...options.formats, ...options.portfolio]);
  const privateKey = options.key === undefined ? undefined : readPrivateKey(await readKey(io, options.key));
  const judged: JudgedWorkload[] = [];
  const unjudged: (UnjudgedWorkload & { readonly exitCode: ExitCode })[] = [];
  for (const target of options.targets) {
    try {
      judged.push(await checkOne(io, target, { ...options, privateKey }));
    } catch (cause) {
      if (options.targets.length === 1 || !(cause instanceof AigateError)) throw cause;
      io.stderr.write(describeError(cause));
      unjudged.push({ target, error: cause.message, exitCode: exitCodeFor(cause.code) });
    }
  }
  if (options.targets.length > 1 || options.portfolio.length > 0) {
    await reportPortfolio(io, options, portfolioOf(judged, unjudged, io.now().toISOString()));
  }
  return worstExit([...judged.map(({ result }) => result.exitCode), ...unjudged.map(({ exitCode }) => exitCode)]);
}

function mustFit({ targets, formats }: CheckOptions): void {
  if (targets.length === 1 || formats.every(({ path }) => path === undefined)) return;
  throw new AigateError('USAGE', '--format with a path takes one workload', {
    hint: 'Use --portfolio FORMAT=PATH for a report of all of them.',
  });
}

async function checkOne(
  io: Io,
  target: string,
  options: CheckOptions & { readonly privateKey: KeyObject | undefined },
): Promise<JudgedWorkload> {
  const { cwd, version, home, signal } = io;
  const loaded = await loadPlan({ ...options, cwd, version, home, target, evaluatedAt: io.now() });
  const outDir = options.out === undefined ? resolve(loaded.root, '.aigate/evidence') : resolve(cwd, options.out);
  const { result, bundleDir } = await evaluateWorkload(loaded, {
    outDir,
    version,
    signal,
    host: io.host,
    onProgress: progressOn(io),
  });
  if (options.privateKey !== undefined) await signBundle({ dir: bundleDir, privateKey: options.privateKey });
  const bundle = relative(cwd, bundleDir) || '.';
  try {
    for (const spec of options.formats) {
      await writeReport(io, spec, await render(result, spec, { io, color: options.color }));
    }
  } finally {
    // Also where a report could not be written: the bundle is there, and says the same.
    io.stderr.write(`Evidence bundle (${options.key === undefined ? 'unsigned' : 'signed'}): ${bundle}\n`);
  }
  return { result, bundle };
}

/** On the screen after the reports of the workloads, unless asked for otherwise. */
async function reportPortfolio(io: Io, { portfolio: specs, color }: CheckOptions, portfolio: Portfolio): Promise<void> {
  const wanted = specs.length > 0 ? specs : [{ format: 'terminal', path: undefined } as const];
  for (const spec of wanted) await writeReport(io, spec, await renderPortfolio(portfolio, spec, { io, color }));
}
