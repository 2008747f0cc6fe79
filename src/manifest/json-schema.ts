import { z } from 'zod';
import type { AnyCheck } from '../contract/check.ts';
import type { Json } from '../contract/json.ts';
import { manifestSchema } from './schema/manifest-schema.ts';
import { policySchema } from './schema/policy-schema.ts';

/** JSON Schema of aigate.yaml for editors. draft-07, because yaml-language-server reads nothing newer. */
export function manifestJsonSchema(catalogue: readonly AnyCheck[]): Json {
  return draft07(manifestSchema(catalogue));
}

/** JSON Schema of a policy file. */
export function policyJsonSchema(catalogue: readonly AnyCheck[]): Json {
  return draft07(policySchema(catalogue));
}

function draft07(schema: z.ZodType): Json {
  // The library's type allows more than JSON; what it returns is JSON text parsed back.
  return JSON.parse(JSON.stringify(z.toJSONSchema(schema, { target: 'draft-07', io: 'input' })));
}
