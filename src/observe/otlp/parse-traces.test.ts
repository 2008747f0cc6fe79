import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AGENT, type Attributes, type AttributeValue, CHAT, TOOL, tracesData } from '../../dev/testing/otlp-spans.ts';
import type { SpanRow } from '../assemble/span-row.ts';
import { createTokenCounter } from '../token-counter.ts';
import { createReadTest, type WatchedKeys } from './attribute-plan.ts';
import { createKeep } from './keep.ts';
import { createTracesParser, type ParseLine } from './parse-traces.ts';
import { createTracesReader, isTracesData } from './read-traces.ts';

const WATCHED: WatchedKeys = { selectKeys: ['aigate.case', 'tenant'], signals: ['error.type', 'gen_ai.tool.name'] };

/** What readers get of lines: rows and problems; a line that does not parse gives `not JSON`. */
function readWith(parse: ParseLine, lines: readonly string[]): unknown[] {
  const read = createTracesReader({
    ...WATCHED,
    assess: ({ text }) => text,
    assessArguments: () => undefined,
    keepsWords: false,
    findsSecrets: false,
    keep: createKeep((text) => text),
    tokens: createTokenCounter(),
  });
  const seen: unknown[] = [];
  const sink = {
    block: (block: unknown) => seen.push({ block }) && 0,
    span: (row: SpanRow) => seen.push(row),
    dialect: (name: string) => seen.push(name),
    sampled: () => seen.push('sampled'),
    problem: (message: string) => seen.push(message),
  };
  const origin = { source: 0, isHandWritten: false, isDeclared: false };
  for (const [index, line] of lines.entries()) {
    try {
      const traces = parse(line);
      if (isTracesData(traces)) seen.push(read(traces, index + 1, origin, sink));
      else seen.push('other JSON');
    } catch (cause) {
      if (!(cause instanceof SyntaxError)) throw cause;
      seen.push('not JSON');
    }
  }
  return seen;
}

function expectSame(lines: readonly string[]): void {
  expect(readWith(createTracesParser(createReadTest(WATCHED)), lines)).toEqual(readWith(JSON.parse, lines));
}

const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 20 }),
  fc.constantFrom(
    '',
    '"',
    '\\',
    '\\"',
    '\n',
    '\u0000',
    '},{"traceId":"',
    '"spans":[',
    ']}]}]}',
    '\u{1F600}',
    '12',
    '-1.5',
  ),
);
const value: fc.Arbitrary<AttributeValue> = fc.oneof(
  text,
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.boolean(),
  fc.array(text, { maxLength: 3 }),
  fc.constant({ nested: { deep: 1 } }),
);
const key = fc.constantFrom(
  'gen_ai.request.model',
  'gen_ai.usage.input_tokens',
  'gen_ai.usage.prompt_tokens',
  'gen_ai.response.finish_reasons',
  'gen_ai.tool.call.arguments',
  'gen_ai.completion.0.content',
  'aigate.case',
  'aigate.attempt',
  'tenant',
  'error.type',
  'nobody.reads',
);
const attributes = fc
  .tuple(fc.constantFrom<Attributes>(CHAT, TOOL, AGENT, {}), fc.dictionary(key, value, { maxKeys: 5 }))
  .map(([role, more]) => ({ ...role, ...more }));
const span = fc.record(
  {
    id: fc.constantFrom('a', 'b', 'c'),
    trace: fc.constantFrom('t', 'u'),
    parent: fc.constantFrom('a', 'x'),
    name: text,
    atMs: fc.integer({ min: 0, max: 99 }),
    status: fc.constantFrom<number | string>(0, 2, 'STATUS_CODE_ERROR'),
    attributes,
    events: fc.constantFrom([], [{ name: 'e', attributes: { 'aigate.approval.by': 'human' } }]),
  },
  { requiredKeys: ['id', 'attributes'] },
);
/** The same few spans again and again with other values, as instrumentations write them. */
const lines = fc
  .tuple(
    fc.array(span, { minLength: 1, maxLength: 3 }),
    fc.array(fc.tuple(text, fc.nat()), { minLength: 1, maxLength: 6 }),
  )
  .map(([spans, variants]) =>
    variants.map(([name, tokens]) =>
      JSON.stringify(
        tracesData(
          spans.map((spec) => ({
            ...spec,
            name,
            attributes: { ...spec.attributes, 'gen_ai.usage.output_tokens': tokens },
          })),
        ),
      ),
    ),
  );

describe('parsing lines of spans by shape', () => {
  it('gives readers what JSON.parse gives them', () => {
    fc.assert(fc.property(lines, expectSame), { numRuns: 500 });
  });

  it('gives it of damaged lines too', () => {
    const change = fc.record({
      line: fc.nat(),
      at: fc.nat(),
      remove: fc.nat({ max: 3 }),
      insert: fc.constantFrom(
        '',
        '"',
        '\\',
        '{',
        '}',
        '[',
        ']',
        ',',
        ':',
        '0',
        '-',
        '.',
        'e',
        ' ',
        '\t',
        '\u0000',
        '\\u12',
      ),
    });
    const damaged = fc.tuple(lines, fc.array(change, { minLength: 1, maxLength: 3 })).map(([good, changes]) => {
      const all = [...good, ...good];
      for (const { line, at, remove, insert } of changes) {
        const index = line % all.length;
        const old = all[index] ?? '';
        const place = at % (old.length + 1);
        all[index] = old.slice(0, place) + insert + old.slice(place + remove);
      }
      return all;
    });
    fc.assert(fc.property(damaged, expectSame), { numRuns: 1_500 });
  });

  const chat = (more: object) => ({
    traceId: 'a'.repeat(32),
    spanId: '1'.repeat(16),
    name: 'chat',
    startTimeUnixNano: '1795176000000000000',
    endTimeUnixNano: '1795176001000000000',
    attributes: [
      { key: 'gen_ai.operation.name', value: { stringValue: 'chat' } },
      { key: 'gen_ai.usage.input_tokens', value: { intValue: '7' } },
    ],
    ...more,
  });
  const linesOf = (...spans: object[]) => [...spans, ...spans].map((one) => JSON.stringify(tracesData([one, one])));

  it.each<[string, object]>([
    ['times as numbers', { startTimeUnixNano: 1795176000000000000, endTimeUnixNano: 1795176001000000000 }],
    ['tokens as number', { attributes: [{ key: 'gen_ai.usage.input_tokens', value: { intValue: 7 } }] }],
    ['tokens that are no number', { attributes: [{ key: 'gen_ai.usage.input_tokens', value: { intValue: '7x' } }] }],
    ['a key twice', { attributes: [1, 2].map((n) => ({ key: 'aigate.case', value: { stringValue: `${n}` } })) }],
    ['a value before its key', { attributes: [{ value: { stringValue: 'x' }, key: 'aigate.case' }] }],
    ['a value of two types', { attributes: [{ key: 'aigate.case', value: { stringValue: 'x', intValue: '1' } }] }],
    ['a boolean that is read', { attributes: [{ key: 'aigate.case', value: { boolValue: true } }] }],
    ['an empty list that is read', { attributes: [{ key: 'aigate.case', value: { arrayValue: { values: [] } } }] }],
    ['a null among attributes', { attributes: [null, { key: 'aigate.case', value: { stringValue: 'x' } }] }],
    ['attributes of another form', { attributes: { keys: ['aigate.case'], captured: ['x', 'y'] } }],
    [
      'links to other traces',
      { links: [{ traceId: 'b'.repeat(32), spanId: '2'.repeat(16) }, { traceId: 'c'.repeat(32) }] },
    ],
    ['no parent, and null for it', { parentSpanId: null }],
    ['snake case', { trace_id: 'b'.repeat(32), span_id: '3'.repeat(16), traceId: undefined }],
    ['a status without code', { status: { message: 'x' } }],
    ['events', { events: [{ name: 'x', attributes: [{ key: 'aigate.outcome', value: { stringValue: 'failure' } }] }] }],
  ])('agrees on %s', (_, more) => {
    expectSame(linesOf(chat({}), chat(more), chat({ name: 'other' })));
  });

  it('agrees on a member written twice, on spaces and on several scopes', () => {
    const one = JSON.stringify(chat({}));
    const line = (spans: string) => `{"resourceSpans":[{"scopeSpans":[{"spans":[${spans}]}]}]}`;
    const twice = one.replace('"name":"chat"', '"name":"chat","name":"again"');
    const spaced = one.replace('"name":"chat"', '"name" : "chat"');
    const scopes = line(`${one}]},{"scope":{"name":"second"},"spans":[${one}`);
    expectSame([
      line(one),
      line(one),
      line(`${one},${twice}`),
      line(`${spaced},${one}`),
      line(`${one} , ${one}`),
      scopes,
    ]);
  });

  it('does not take two broken lines for one good one', () => {
    const good = JSON.stringify(tracesData([chat({})]));
    const cut = good.indexOf('"attributes"');
    expectSame([good, good.slice(0, cut), good.slice(cut), good]);
  });

  it('stays right when there are more shapes than are remembered', () => {
    const shapes = Array.from({ length: 150 }, (_, i) => chat({ [`other${i}`]: i }));
    expectSame(linesOf(...shapes));
  });
});
