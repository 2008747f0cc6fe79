import type { Command } from 'commander';
import type { Io } from '../io.ts';
import { parseReportSpec } from '../report-files.ts';
import { append, type ColorFlag, type Finish, withColor } from './options.ts';

/** Commands that judge nothing: `init`, `review` and `explain`. */
export function addExplainingCommands(program: Command, io: Io, finish: Finish): void {
  addInit(program, io, finish);
  addReview(program, io, finish);
  addExplain(program, io, finish);
}

function addInit(program: Command, io: Io, finish: Finish): void {
  program
    .command('init')
    .description('read a repository and write a manifest that runs, with every guess marked')
    .argument('[dir]', 'folder of the workload', '.')
    .option('--print', 'print it instead of writing aigate.yaml', false)
    .option('--force', 'replace an aigate.yaml that is there', false)
    .action(async (target: string, { print, force }: { readonly print: boolean; readonly force: boolean }) => {
      const { init } = await import('../commands/init.ts');
      finish(await init(io, { target, print, force }));
    });
}

interface ReviewFlags extends ColorFlag {
  readonly policy?: string;
  readonly format?: readonly string[];
}

function addReview(program: Command, io: Io, finish: Finish): void {
  withColor(program.command('review'))
    .description('show the architecture as declared: authority, trust boundaries, single points of failure, questions')
    .argument('[dir]', 'folder that holds an aigate.yaml', '.')
    .option('--policy <file>', 'policy outside the change, as FILE or FILE@sha256:DIGEST')
    .option('--format <format>', 'terminal, markdown, html or json; F=PATH writes a file; repeatable', append)
    .action(async (target: string, { policy, format = ['terminal'], color }: ReviewFlags) => {
      const { REVIEW_FORMATS, review } = await import('../commands/review.ts');
      const formats = format.map((text) => parseReportSpec(REVIEW_FORMATS, text));
      finish(await review(io, { target, policy, formats, color }));
    });
}

interface ExplainFlags extends ColorFlag {
  readonly recording?: string;
  readonly by?: readonly string[];
  readonly json: boolean;
}

function addExplain(program: Command, io: Io, finish: Finish): void {
  withColor(program.command('explain'))
    .description('describe a check, or show what is understood of a recording')
    .argument('[check]', 'id of a check, such as cost/monthly-cost')
    .option('--recording <file>', 'recording in any form that check reads')
    .option('--by <key>', 'attribute that scenarios may select by; repeatable', append)
    .option('--json', 'print the profile of the recording as JSON', false)
    .action(async (check: string | undefined, { recording, by = [], json, color }: ExplainFlags) => {
      const { explain } = await import('../commands/explain.ts');
      finish(await explain(io, { check, recording, by, json, color }));
    });
}
