import { z } from 'zod';
import type { Json } from '../../contract/json.ts';
import { scriptSchema } from './script-schema.ts';

/** JSON Schema (draft-07) of the script of a simulated provider. */
export function scriptJsonSchema(): Json {
  return z.json().parse(z.toJSONSchema(scriptSchema, { target: 'draft-07', io: 'input' }));
}
