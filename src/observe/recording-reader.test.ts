import { describe, expect, it } from 'vitest';
import { observe } from '../dev/testing/observation.ts';
import { AGENT, CHAT, tracesLine } from '../dev/testing/otlp-spans.ts';
import { FORMS } from './forms/forms.ts';

const SPANS = tracesLine([
  { id: 'root', attributes: AGENT },
  { id: 'one', parent: 'root', attributes: CHAT },
]);
const EPISODE = '{"messages":[{"role":"user","content":"x"},{"role":"assistant","content":"y"}]}';

async function read(text: string) {
  const { runs, sources } = await observe({ 'week.jsonl': text });
  const { form, problems = [] } = sources[0] ?? {};
  return { form, runs: runs.length, problems: problems.map(({ line, message }) => `${line}: ${message}`) };
}

describe('a file that no form understands', () => {
  it('is told what each form looks for', async () => {
    const { form, problems } = await read('{"hello": "world"}');
    expect(form).toBe('unrecognised');
    expect(problems).toHaveLength(1);
    for (const { name, looksFor } of FORMS) expect(problems[0]).toContain(`${name} (${looksFor})`);
    expect(problems[0]).toContain('OTLP/JSON (resourceSpans); hand-written runs (run and steps)');
  });

  it.each([
    ['JSON of no known form', '[1, 2]'],
    ['JSON of no known form', '{"a":1}\n'],
    ['no JSON', '{"a":1}\n{"b":2}\n'],
    ['no JSON', 'a,b\n1,2\n'],
    ['binary content', 'a\0b'],
  ])('is told apart: %s in %j', async (what, text) => {
    expect((await read(text)).problems[0]).toMatch(new RegExp(`^1: ${what}\\. Tried: `));
  });
});

describe('a cassette', () => {
  it('is told from hand-written runs, however its lines name theirs', async () => {
    const line = JSON.stringify({ v: 1, run: 'r', seq: 0, req: { path: '/v1' }, res: { status: 200 } });
    const { form, problems } = await read(`${line}\n${line}\n`);
    expect([form, problems]).toEqual([
      'unrecognised',
      [expect.stringContaining('1: a cassette: requests and answers')],
    ]);
  });
});

describe('the form of a file', () => {
  it.each<[string, string, string, number]>([
    ['a line', `${EPISODE}\n${EPISODE}\n`, 'messages', 2],
    ['a line that ends the file', EPISODE, 'messages', 1],
    ['a document over many lines', JSON.stringify(JSON.parse(EPISODE), null, 2), 'messages', 1],
    [
      'a first line that is a list',
      '[{"role":"assistant","content":"x"}]\n[{"role":"assistant","content":"y"}]\n',
      'messages',
      2,
    ],
    ['a list of one item a line', `[\n${EPISODE},\n${EPISODE}\n]`, 'messages', 2],
    ['lines behind empty ones', `\n \n${EPISODE}\n`, 'messages', 1],
    ['spans', SPANS, 'otlp-json', 1],
  ])('is told by %s', async (_, text, form, runs) => {
    expect(await read(text)).toEqual({ form, runs, problems: [] });
  });

  it('is not told by a list inside a document', async () => {
    const text = `{"traces":\n[{"role":"user","content":"x"}]\n}`;
    expect(await read(text)).toMatchObject({ form: 'unrecognised', runs: 0 });
  });

  it('holds for the whole file: lines of another are problems', async () => {
    expect(await read(`${EPISODE}\n${SPANS}`)).toEqual({
      form: 'messages',
      runs: 1,
      problems: ['2: not of the form messages, in which the file began'],
    });
  });

  it('lets lines before it count', async () => {
    expect((await read(`{"a":\n{"x":1}\n${EPISODE}\n`)).problems).toEqual([
      '1: not valid JSON: it ends too early',
      '2: not of the form messages, in which the file began',
    ]);
  });
});
