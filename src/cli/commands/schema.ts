import type { Json } from '../../contract/json.ts';
import { manifestJsonSchema, policyJsonSchema } from '../../manifest/json-schema.ts';
import { scriptJsonSchema } from '../../observe/simulate/script-json-schema.ts';
import { resultJsonSchema } from '../../report/result-schema.ts';
import { CHECKS } from '../catalogue.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import type { Io } from '../io.ts';

export const SCHEMAS = ['manifest', 'policy', 'results', 'simulated'] as const;
export type SchemaName = (typeof SCHEMAS)[number];

/** Prints the JSON Schema (draft-07) of a file that aigate reads or writes. */
export function schema(io: Io, name: SchemaName): ExitCode {
  io.stdout.write(`${JSON.stringify(schemaOf(name), null, 2)}\n`);
  return EXIT.OK;
}

function schemaOf(name: SchemaName): Json {
  switch (name) {
    case 'manifest':
      return manifestJsonSchema(CHECKS);
    case 'policy':
      return policyJsonSchema(CHECKS);
    case 'results':
      return resultJsonSchema();
    case 'simulated':
      return scriptJsonSchema();
  }
}
