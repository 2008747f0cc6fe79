import type { Command } from 'commander';
import { AigateError } from '../../contract/errors.ts';
import type { Io } from '../io.ts';
import type { Finish } from './options.ts';

/** Commands that print what other tools need: `digest` and `schema`. */
export function addPrintingCommands(program: Command, io: Io, finish: Finish): void {
  addDigest(program, io, finish);
  addSchema(program, io, finish);
}

function addDigest(program: Command, io: Io, finish: Finish): void {
  program
    .command('digest')
    .description('print the attributes that bind recordings to what ships')
    .argument('[dir]', 'folder that holds an aigate.yaml', '.')
    .option('--json', 'print every file with its digest', false)
    .action(async (target: string, { json }: { json: boolean }) => {
      const { digest } = await import('../commands/digest.ts');
      finish(await digest(io, { target, json }));
    });
}

function addSchema(program: Command, io: Io, finish: Finish): void {
  program
    .command('schema')
    .description('print the JSON Schema of a file')
    .argument('<name>', 'manifest, policy, results or simulated')
    .action(async (name: string) => {
      const { SCHEMAS, schema } = await import('../commands/schema.ts');
      const known = SCHEMAS.find((candidate) => candidate === name);
      if (known === undefined) {
        throw new AigateError('USAGE', `no schema is called ${name}`, { hint: `Use one of ${SCHEMAS.join(', ')}.` });
      }
      finish(schema(io, known));
    });
}
