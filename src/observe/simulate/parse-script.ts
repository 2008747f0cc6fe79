import { parseDocument } from 'yaml';
import { isDeep } from '../../contract/nesting.ts';
import { type Script, scriptSchema } from './script-schema.ts';

/** One thing that is wrong with a script, where it is known at the path to the value. */
export interface ScriptIssue {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** A script, or what is wrong with the file. */
export type ParsedScript =
  | { readonly script: Script }
  | { readonly script: undefined; readonly file: string; readonly issues: readonly ScriptIssue[] };

/** A YAML tree takes many times the space of its text. */
const MAX_LENGTH = 4 * 1024 * 1024;

/** Reads a script in YAML or JSON. Unknown keys are issues; never throws. */
export function parseScript(text: string, file: string): ParsedScript {
  const failed = (...issues: readonly ScriptIssue[]): ParsedScript => ({ script: undefined, file, issues });
  const whole = (message: string): ScriptIssue => ({ path: [], message });
  if (text.length > MAX_LENGTH || isDeep(text)) return failed(whole('is too long or too deeply nested for a script'));
  const document = parseDocument(text, { prettyErrors: false });
  if (document.errors.length > 0) return failed(...document.errors.map(({ message }) => whole(message)));
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: 0 });
  } catch {
    return failed(whole('anchors and aliases are not allowed'));
  }
  const parsed = scriptSchema.safeParse(value);
  return parsed.success ? { script: parsed.data } : failed(...parsed.error.issues);
}
