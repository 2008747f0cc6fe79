import { type Command, Option } from 'commander';
import { STAGES, type Stage } from '../../contract/gate.ts';
import { FORMATS, PORTFOLIO_FORMATS } from '../formats.ts';
import type { Io } from '../io.ts';
import { parseReportSpec } from '../report-files.ts';
import { append, type ColorFlag, type Finish, withColor } from './options.ts';

/** Commands that look at a workload and its recordings: `check` and `plan`. */
export function addJudgingCommands(program: Command, io: Io, finish: Finish): void {
  addCheck(program, io, finish);
  addPlan(program, io, finish);
}

interface JudgingFlags extends ColorFlag {
  readonly policy?: string;
  readonly stage: Stage;
  readonly baseline?: string;
}

function withJudgement(command: Command): Command {
  return withColor(command)
    .option('--policy <file>', 'policy outside the change, as FILE or FILE@sha256:DIGEST')
    .addOption(new Option('--stage <stage>', 'when the gate is asked').choices([...STAGES]).default('release'))
    .option('--baseline <bundle>', 'compare with the bundle of an earlier evaluation, or the newest in a folder');
}

interface CheckFlags extends JudgingFlags {
  readonly out?: string;
  readonly key?: string;
  readonly format?: readonly string[];
  readonly portfolio?: readonly string[];
}

function addCheck(program: Command, io: Io, finish: Finish): void {
  withJudgement(program.command('check'))
    .description('judge workloads and write their evidence bundles')
    .argument('[dir...]', 'folders that hold an aigate.yaml', ['.'])
    .option('--out <dir>', 'folder for bundles (default: .aigate/evidence beside the manifest)')
    .option('--key <key>', 'sign with this private key: a PEM file or env:NAME')
    .option('--format <format>', `${FORMATS.join(', ')}; F=PATH writes a file; repeatable`, append)
    .option('--portfolio <format>', `all workloads in one report: ${PORTFOLIO_FORMATS.join(', ')}, or F=PATH`, append)
    .action(async (targets: string[], { format = ['terminal'], portfolio = [], ...flags }: CheckFlags) => {
      const { check } = await import('../commands/check.ts');
      const { policy, stage, baseline, out, key, color } = flags;
      const formats = format.map((text) => parseReportSpec(FORMATS, text));
      const overviews = portfolio.map((text) => parseReportSpec(PORTFOLIO_FORMATS, text));
      finish(await check(io, { targets, policy, stage, baseline, out, key, color, formats, portfolio: overviews }));
    });
}

function addPlan(program: Command, io: Io, finish: Finish): void {
  withJudgement(program.command('plan'))
    .description('say what check would judge, on how many runs, and what these can prove; judges nothing')
    .argument('[dir]', 'folder that holds an aigate.yaml', '.')
    .option('--json', 'print the plan as JSON', false)
    .action(async (target: string, flags: JudgingFlags & { readonly json: boolean }) => {
      const { plan } = await import('../commands/plan.ts');
      const { policy, stage, baseline, color, json } = flags;
      finish(await plan(io, { target, policy, stage, baseline, color, json }));
    });
}
