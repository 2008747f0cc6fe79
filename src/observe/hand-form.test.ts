import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import type { ObservedRun } from '../contract/observed-run.ts';
import { APPROVAL_DECISIONS } from '../contract/run.ts';
import { type ObservationOptions, observe, observeRun } from '../dev/testing/observation.ts';
import { handFormToOtlp } from './hand-form.ts';
import { parseHandForm } from './hand-form-schema.ts';

const WATCHED: ObservationOptions = { selectKeys: ['aigate.case', 'n'], signals: ['gen_ai.usage.input_tokens'] };

const text = fc.string({ minLength: 1, maxLength: 12, unit: 'grapheme' });
const name = fc.stringMatching(/^[a-z][a-z0-9-]{0,8}$/);
const count = fc.nat();
const ms = fc.oneof(
  fc.nat({ max: 100_000 }),
  fc.integer({ min: 0, max: 8_000 }).map((eighths) => eighths / 8),
);
const modelStep = fc.record(
  {
    model: name,
    provider: name,
    served: name,
    in: count,
    out: count,
    cacheRead: count,
    ms,
    ttftMs: ms,
    text: fc.string({ maxLength: 20 }),
    finish: fc.oneof(name, fc.array(name, { maxLength: 2 })),
    error: name,
    attempt: fc.integer({ min: 1, max: 9 }),
    fallbackFrom: name,
    tools: fc.array(name, { maxLength: 2 }),
  },
  { requiredKeys: ['model'] },
);
const toolStep = fc.record(
  { tool: name, args: fc.jsonValue({ maxDepth: 2 }), ms, ok: fc.boolean(), call: name },
  { requiredKeys: ['tool'] },
);
const approvalStep = fc.record(
  {
    approve: fc.constantFrom(...APPROVAL_DECISIONS),
    by: fc.constantFrom('human', 'policy', 'none'),
    approver: text,
    tool: name,
    call: name,
  },
  { requiredKeys: ['approve', 'by'] },
);
const handWritten = fc.record(
  {
    run: name,
    at: fc.constantFrom('2026-11-20T12:00:00Z', '2026-11-20T12:00:00.250+02:00'),
    attributes: fc.record({ 'aigate.case': name, n: fc.integer() }, { requiredKeys: [] }),
    outcome: fc.constantFrom('success', 'failure', 'abandoned'),
    steps: fc.array(fc.oneof(modelStep, toolStep, approvalStep), { maxLength: 5 }),
  },
  { requiredKeys: ['run', 'steps'] },
);

/** A run without what tells the two forms apart: where it stands and that somebody wrote it. */
function withoutPlaces({ ref: _, kind: __, steps, ...run }: ObservedRun) {
  return { ...run, steps: steps.map((step) => ({ ...step, ref: undefined })) };
}

describe('hand-written runs', () => {
  it('mean the OTLP they convert to', async () => {
    await fc.assert(
      fc.asyncProperty(handWritten, async (written) => {
        const line = `${JSON.stringify(written)}\n`;
        const parsed = parseHandForm(JSON.parse(line));
        if (!('run' in parsed)) throw new Error(parsed.mistakes.join('\n'));
        const byHand = await observeRun(line, WATCHED);
        const converted = await observeRun(`${JSON.stringify(handFormToOtlp(parsed.run))}\n`, WATCHED);
        expect(byHand.source).toMatchObject({ form: 'hand-written', kind: 'declared', problemCount: 0 });
        expect(byHand.run.kind).toBe('declared');
        expect(withoutPlaces(byHand.run)).toEqual(withoutPlaces(converted.run));
        expect(byHand.run.steps).toHaveLength(written.steps.length);
      }),
      { numRuns: 100 },
    );
  });

  it('read alike as YAML documents and as JSON lines', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(handWritten, { minLength: 1, maxLength: 3, selector: ({ run }) => run }),
        async (all) => {
          const lines = await observe({ a: all.map((run) => `${JSON.stringify(run)}\n`).join('') }, WATCHED);
          const yaml = await observe({ a: all.map((run) => stringify(run)).join('---\n') }, WATCHED);
          expect(yaml.sources[0]).toMatchObject({ form: 'hand-written', problemCount: 0 });
          expect(new Set(yaml.runs.map((run) => JSON.stringify(withoutPlaces(run))))).toEqual(
            new Set(lines.runs.map((run) => JSON.stringify(withoutPlaces(run)))),
          );
        },
      ),
      { numRuns: 50 },
    );
  });

  it('follow each other from `at`, until a step does not say how long it took', async () => {
    const steps = [{ model: 'm', ms: 100 }, { approve: 'approve', by: 'human' }, { tool: 't' }, { model: 'm', ms: 5 }];
    const { run } = await observeRun(JSON.stringify({ run: 'a', at: '2026-11-20T12:00:00Z', steps }));
    const at = Date.UTC(2026, 10, 20, 12);
    expect(run.steps.map(({ startMs, durationMs }) => [startMs, durationMs])).toEqual([
      [at, 100],
      [at + 100, 0],
      [at + 100, undefined],
      [undefined, undefined],
    ]);
    expect(run.durationMs).toBeUndefined();
  });

  it('leave absent what nobody wrote', async () => {
    const { run } = await observeRun('run: a\nsteps: [{ model: m }, { tool: t }]\n', WATCHED);
    expect(run).toMatchObject({
      startMs: undefined,
      outcome: undefined,
      error: undefined,
      attributes: {},
      signals: [],
    });
    const [model, tool] = run.steps;
    const values = (step: object | undefined) => Object.entries(step ?? {}).filter(([, value]) => value !== undefined);
    expect(values(model).map(([key]) => key)).toEqual(['type', 'ref', 'requestedModel', 'recordedUsage', 'parameters']);
    expect(values(tool).map(([key]) => key)).toEqual(['type', 'ref', 'tool']);
  });

  it('cite their steps in the document as written', async () => {
    const { runs } = await observe({
      a: 'run: a\nsteps: []\n---\nrun: b\nsteps:\n  - { model: m }\n  - { tool: t }\n',
    });
    const refs = runs.flatMap(({ steps }) => steps.map(({ ref }) => [ref.run, ref.line, ref.pointer]));
    expect(refs).toEqual([
      ['b', 4, '/steps/0'],
      ['b', 4, '/steps/1'],
    ]);
  });
});

describe('a mistake in a hand-written run', () => {
  const good = 'run: good\nsteps: [{ model: m }]\n';
  it.each([
    ['an unknown key', 'run: b\nsteps: [{ model: m, input: 3 }]', 'input'],
    ['an unknown key of the run', 'run: b\noutcom: success\nsteps: []', 'outcom'],
    ['a negative count', 'run: b\nsteps: [{ model: m, in: -1 }]', 'steps.0.in'],
    ['a fraction of a token', 'run: b\nsteps: [{ model: m, in: 1.5 }]', 'steps.0.in'],
    ['no number', 'run: b\nsteps: [{ model: m, ms: .nan }]', 'steps.0.ms'],
    ['an infinite time', 'run: b\nsteps: [{ model: m, ms: .inf }]', 'steps.0.ms'],
    ['an approval by nobody known', 'run: b\nsteps: [{ approve: approve, by: me }]', 'steps.0.by'],
    ['a step of no kind', 'run: b\nsteps: [x]', 'steps.0'],
    ['no steps', 'run: b', 'steps'],
    ['a date without a time zone', "run: b\nat: '2026-11-20T12:00:00'\nsteps: []", 'at'],
    ['a repeated key', 'run: b\nrun: c\nsteps: []', ''],
    ['an alias', 'run: b\nsteps: [&x { model: m }, *x]', 'alias'],
    ['a document that contains itself', 'run: b\nsteps: &x [*x]', 'alias'],
  ])('such as %s is a problem of its document, and the others are read', async (_, bad, place) => {
    const { runs, sources } = await observe({ a: `${good}---\n${bad}\n` });
    expect(runs.map(({ id }) => id)).toEqual(['good']);
    expect(sources[0]).toMatchObject({
      form: 'hand-written',
      problemCount: 1,
      problems: [{ message: expect.stringContaining('document 2: ') }],
    });
    expect(sources[0]?.problems[0]?.message).toContain(place);
  });

  it('names every mistake of a document', async () => {
    const steps = [
      { model: 'm', in: -1 },
      { tool: 't', okay: true },
    ];
    const { sources } = await observe({
      a: `${JSON.stringify({ run: 'a', steps: [] })}\n${JSON.stringify({ run: 'b', steps })}\n`,
    });
    expect(sources[0]?.problems.map(({ line, message }) => [line, message.slice(0, 20)])).toEqual([
      [2, 'document 2: steps.0.'],
      [2, 'document 2: steps.1:'],
    ]);
  });
});
