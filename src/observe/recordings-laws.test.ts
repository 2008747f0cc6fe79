import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Observation, observe } from '../dev/testing/observation.ts';
import { AGENT, type Attributes, CHAT, type SpanSpec, TOOL, tracesLine } from '../dev/testing/otlp-spans.ts';

/** Spans that gave at least one step, told by what the steps cite. */
function spansWithSteps({ runs }: Observation): number {
  const cited = runs.flatMap(({ steps }) =>
    steps.map(({ ref }) => `${ref.artifact} ${ref.line} ${ref.pointer.replace(/\/events\/\d+$/, '')}`),
  );
  return new Set(cited).size;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

/** Spans that enclose steps, start a run or mark it, without a step of their own. Never negative when all is counted. */
function structuralSpans(observation: Observation): number {
  const { sources } = observation;
  const spans = sum(sources.map((source) => source.spans - source.duplicateSpans));
  // A line of another signal is listed with the ignored spans, under a name in brackets, and holds no spans.
  const ignored = sum(
    sources.flatMap((source) => source.ignored.map(({ scope, count }) => (scope.startsWith('(resource') ? 0 : count))),
  );
  return spans - ignored - spansWithSteps(observation);
}

function expectConsistent(observation: Observation): void {
  const { runs, sources } = observation;
  expect(sum(sources.map(({ steps }) => steps))).toBe(sum(runs.map(({ steps }) => steps.length)));
  expect(sum(sources.map((source) => source.runs))).toBe(runs.length);
  expect(structuralSpans(observation)).toBeGreaterThanOrEqual(0);
}

const CLASSES: Readonly<Record<string, Attributes>> = {
  step: { ...CHAT, 'gen_ai.usage.input_tokens': 1 },
  tool: TOOL,
  structural: AGENT,
  marking: { 'aigate.outcome': 'success' },
  other: { 'http.method': 'GET' },
  embeddings: { 'gen_ai.operation.name': 'embeddings' },
  retrieval: { 'gen_ai.operation.name': 'retrieval' },
};
const STEPS = new Set(['step', 'tool', 'embeddings', 'retrieval']);

const spanClass = fc.constantFrom(...Object.keys(CLASSES));
const recordedSpan = fc.record({
  kind: spanClass,
  id: fc.integer({ min: 0, max: 9 }),
  trace: fc.constantFrom('a', 'b'),
});

describe('counting', () => {
  it('puts every span of a whole recording into exactly one group', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(recordedSpan, { maxLength: 25 }), async (spans) => {
        const specs = spans.map(
          ({ kind, id, trace }): SpanSpec => ({
            id: `s${id}`,
            trace,
            // Runs with the same steps at the same instants are copies, of which only one counts.
            atMs: trace === 'a' ? 0 : 1,
            parent: 'root',
            attributes: CLASSES[kind] ?? {},
          }),
        );
        const roots: SpanSpec[] = ['a', 'b'].map((trace) => ({ id: 'root', trace, attributes: AGENT }));
        const observation = await observe({
          'a.jsonl': [...roots, ...specs].map((span) => tracesLine([span])).join(''),
        });
        const firsts = spans.filter(
          (span, i) => !spans.slice(0, i).some(({ id, trace }) => id === span.id && trace === span.trace),
        );
        const ignored = firsts.filter(({ kind }) => kind === 'other').length;
        const steps = firsts.filter(({ kind }) => STEPS.has(kind)).length;
        expect(observation.sources[0]).toMatchObject({
          spans: spans.length + 2,
          duplicateSpans: spans.length - firsts.length,
          steps,
          ignored: ignored === 0 ? [] : [{ scope: 'test', count: ignored }],
        });
        expect(structuralSpans(observation)).toBe(2 + firsts.length - ignored - steps);
      }),
      { numRuns: 60 },
    );
  });
});

const WHOLE = Buffer.from(
  [
    [{ id: 'root', attributes: { ...AGENT, 'aigate.case': 'x' } }],
    [
      {
        id: 'call',
        parent: 'root',
        attributes: { ...CHAT, 'gen_ai.output.messages': '[{"parts":[{"content":"\u00e9"}]}]' },
      },
      {
        id: 'tool',
        parent: 'call',
        attributes: TOOL,
        events: [{ name: 'e', attributes: { 'aigate.approval.by': 'human' } }],
      },
    ],
  ]
    .map((spans) => tracesLine(spans))
    .join(''),
);
const HAND = Buffer.from(
  'run: a\nsteps:\n  - { model: m, in: 3, text: hello }\n  - { tool: t, args: { a: [1] } }\n---\nrun: b\nsteps: []\n',
);

const change = fc.record({
  at: fc.nat({ max: 2_000 }),
  remove: fc.nat({ max: 8 }),
  insert: fc.oneof(
    fc.uint8Array({ maxLength: 4 }),
    fc
      .constantFrom('{', '}', '[', ']', '"', ',', 'null', '\n', '\\u0000', '-', '1e999', '&a ', '*a', '\t')
      .map((text) => Buffer.from(text)),
  ),
});

function changed(original: Buffer, changes: readonly { at: number; remove: number; insert: Uint8Array }[]): Buffer {
  return changes.reduce((bytes, { at, remove, insert }) => {
    const place = at % (bytes.length + 1);
    return Buffer.concat([bytes.subarray(0, place), insert, bytes.subarray(place + remove)]);
  }, original);
}

describe('reading never fails on content, and counts stay consistent', () => {
  const read = async (bytes: Uint8Array) =>
    expectConsistent(await observe({ 'a.jsonl': bytes }, { selectKeys: ['aigate.case'], signals: ['error.type'] }));

  it('for arbitrary bytes', async () => {
    await fc.assert(fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), read), { numRuns: 150 });
  });

  it('for arbitrary JSON where spans are expected', async () => {
    const property = fc.asyncProperty(fc.json({ maxDepth: 4 }), fc.nat({ max: 3 }), async (json, level) => {
      const opening = ['{"resourceSpans":', '[{"scopeSpans":', '[{"spans":', '[{"traceId":"t","attributes":'];
      const closing = ['}', '}]', '}]', '}]'];
      await read(
        Buffer.from(
          opening.slice(0, level + 1).join('') +
            json +
            closing
              .slice(0, level + 1)
              .reverse()
              .join(''),
        ),
      );
    });
    await fc.assert(property, { numRuns: 150 });
  });

  it.each([
    ['OTLP lines', WHOLE],
    ['gzip', gzipSync(WHOLE)],
    ['hand-written YAML', HAND],
  ])('for changed %s', async (_, original) => {
    const changes = fc.array(change, { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(changes, (list) => read(changed(original, list))),
      { numRuns: 150 },
    );
  });
});
