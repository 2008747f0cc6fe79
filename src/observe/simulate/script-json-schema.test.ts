import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { REPOSITORY } from '../../dev/repository.ts';
import { parseScript } from './parse-script.ts';
import { scriptJsonSchema } from './script-json-schema.ts';

describe('the published schema of a script', () => {
  const validate = new Ajv().compile(Object(scriptJsonSchema()));

  it('takes what the README shows, as aigate does', () => {
    const readme = readFileSync(join(REPOSITORY, 'README.md'), 'utf8');
    const shown = /\n(# yaml-language-server: \S+simulated\.schema\.json\n[\s\S]*?)```/.exec(readme)?.[1] ?? '';
    expect(parseScript(shown, 'README.md').script?.rules).toHaveLength(3);
    expect(validate(parse(shown))).toBe(true);
  });

  it.each(['rules: []', 'rules: [{ answer: { text: hi }, wait: 3 }]', 'rules: [{ when: {} }]'])(
    'refuses what aigate refuses: %s',
    (text) => {
      expect(parseScript(text, 'x.yaml').script).toBeUndefined();
      expect(validate(parse(text))).toBe(false);
    },
  );
});
