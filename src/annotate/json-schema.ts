import type { Json } from '../contract/json.ts';
import { invalidConfig } from './invalid-config.ts';
import { linearPatterns } from './linear-pattern.ts';

/**
 * Formats that are held against, each in time linear in the text. `email` and what else may stand for a person is not:
 * recordings have it redacted. Any other is a remark to readers, as JSON Schema has it.
 */
const FORMATS = ['date', 'time', 'date-time', 'duration', 'uuid', 'ipv4'] as const;

/**
 * Whether a value meets a JSON schema, the usual formats of texts included. ajv is loaded only where a schema is declared:
 * it takes longer to load than all other checks together.
 * @throws AigateError CONFIG_INVALID for what is no schema
 */
export async function compileSchema(schema: Json): Promise<(value: unknown) => boolean> {
  if (typeof schema !== 'boolean' && (typeof schema !== 'object' || schema === null || Array.isArray(schema))) {
    throw invalidConfig('a JSON schema is an object or a boolean', undefined);
  }
  const [{ Ajv }, { default: formats }, compilePattern] = await Promise.all([
    import('ajv'),
    import('ajv-formats'),
    linearPatterns(),
  ]);
  // ajv asks for a RegExp's `test`; `code` would name the engine in generated source, which is never written here.
  const regExp = Object.assign((source: string) => ({ test: compilePattern(source) }), { code: 'linear' });
  try {
    // One instance per schema: two may carry the same $id. Its logger would write past the reports.
    const ajv = new Ajv({ strict: false, logger: false, code: { regExp } });
    formats.default(ajv, [...FORMATS]);
    const validate = ajv.compile(schema);
    return (value) => validate(value) === true;
  } catch (cause) {
    throw invalidConfig('a JSON schema does not compile', cause);
  }
}
