import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonValue } from '../../contract/json-value.ts';
import { mutatedJson } from '../../dev/testing/mutated-json.ts';
import { type Observation, observe } from '../../dev/testing/observation.ts';

/** Documents and lines by form; those of other hands' forms are tested beside them. */
const FIXTURES = [
  ['langfuse', 'refund-agent.json'],
  ['langfuse', 'older-callback.json'],
  ['langfuse', 'interleaved-rows.jsonl'],
  ['litellm', 'gateway-day.jsonl'],
  ['langsmith', 'support-agent.jsonl'],
  ['langsmith', 'nested-tree.json'],
  ['promptfoo', 'refunds-v3.json'],
  ['promptfoo', 'refunds-table.json'],
] as const;

const read = (form: string, name: string) =>
  readFileSync(new URL(`../../../fixtures/forms/${form}/${name}`, import.meta.url), 'utf8');

/** The values of a recording by their lines: one document, or one value a line. */
function valuesIn(recording: string): ReadonlyMap<number, unknown> {
  const document = jsonValue(recording);
  if (document !== undefined) return new Map([[1, document]]);
  return new Map(recording.split('\n').map((text, index) => [index + 1, jsonValue(text)]));
}

/** What an RFC 6901 pointer leads to. @throws Error when it leads nowhere */
function pointed(value: unknown, pointer: string): unknown {
  let at = value;
  for (const token of pointer.split('/').slice(1)) {
    const key = token.replaceAll('~1', '/').replaceAll('~0', '~');
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, key)) throw new Error(`${pointer} leads nowhere`);
    at = Reflect.get(at, key);
  }
  return at;
}

function expectSound({ runs, sources: [source] }: Observation, recording: string): void {
  const values = valuesIn(recording);
  for (const run of runs) {
    for (const step of [run, ...run.steps]) {
      expect(typeof pointed(values.get(step.ref.line), step.ref.pointer)).toBe('object');
      expect(step.durationMs ?? 0).toBeGreaterThanOrEqual(0);
    }
  }
  for (const count of Object.values(source ?? {}))
    if (typeof count === 'number') expect(count).toBeGreaterThanOrEqual(0);
}

describe.each(FIXTURES)('a recording of the form %s (%s)', (form, name) => {
  const recording = read(form, name);
  const isLines = name.endsWith('.jsonl');
  const content = ({ runs }: Observation) => JSON.stringify(runs);

  it('is the same packed, with a byte-order mark and with line ends of Windows', async () => {
    const plain = content(await observe({ recording }));
    for (const changed of [gzipSync(recording), `\uFEFF${recording}`, recording.replaceAll('\n', '\r\n')]) {
      expect(content(await observe({ recording: changed }))).toBe(plain);
    }
  });

  it('is the same spilled to disk', async () => {
    const plain = await observe({ recording });
    const spilled = await observe({ recording }, { maxRowsInMemory: 2 });
    const byId = ({ runs }: Observation) => JSON.stringify([...runs].sort((a, b) => (a.id < b.id ? -1 : 1)));
    expect(byId(spilled)).toBe(byId(plain));
  });

  it('is incomplete wherever it is cut off', async () => {
    for (let size = 1; size < recording.length - 2; size += Math.ceil(recording.length / 9)) {
      const cut = recording.slice(0, size);
      const { sources } = await observe({ recording: cut });
      const isWhole = isLines && cut.endsWith('\n');
      expect([size, (sources[0]?.problemCount ?? 0) > 0]).toEqual([size, !isWhole]);
    }
  });

  it('is incomplete where a number is none', async () => {
    const { sources } = await observe({ recording: recording.replace(/(?<!\\)": ?\d+/, '": NaN') });
    expect(sources[0]?.problemCount).toBeGreaterThan(0);
  });

  it('is read however deep its members are nested', async () => {
    const deep = `${'{"a":['.repeat(2_000)}1${']}'.repeat(2_000)}`;
    const texts = [...recording.matchAll(/(?<=": ?)"(?:[^"\\]|\\.)*"/g)];
    const step = Math.ceil(texts.length / 12);
    for (const { index, 0: text } of texts.filter((_, at) => at % step === 0)) {
      const changed = `${recording.slice(0, index)}${deep}${recording.slice(index + text.length)}`;
      expectSound(await observe({ recording: changed }, { selectKeys: ['a.a'] }), changed);
    }
  });

  it('never throws and never counts below zero, whatever stands in it', async () => {
    const values = isLines
      ? [...valuesIn(recording).values()].filter((value) => value !== undefined)
      : jsonValue(recording);
    await fc.assert(
      fc.asyncProperty(mutatedJson(values), async (mutated) => {
        const lines = jsonValue(mutated);
        const text =
          isLines && Array.isArray(lines) ? lines.map((line) => `${JSON.stringify(line)}\n`).join('') : mutated;
        const observation = await observe({ recording: text }, { selectKeys: ['aigate.case'], signals: ['name'] });
        expectSound(observation, text);
      }),
      { numRuns: 25 },
    );
  });
});

describe('more runs than are kept open', () => {
  const RUNS = 5_000;
  const rows = (rowOf: (run: number) => object) =>
    Array.from({ length: RUNS }, (_, run) => `${JSON.stringify(rowOf(run))}\n`).join('');
  const at = (run: number, ms: number) => new Date(Date.UTC(2026, 10, 20, 9) + run * 10_000 + ms).toISOString();

  it.each<[string, (run: number) => object, (run: number) => object]>([
    [
      'LangSmith',
      (run) => ({
        ...{ id: `r${run}`, trace_id: `r${run}`, run_type: 'chain' },
        ...{ start_time: at(run, 0), end_time: at(run, 2_000) },
      }),
      (run) => ({
        ...{ id: `c${run}`, trace_id: `r${run}`, parent_run_id: `r${run}`, run_type: 'llm' },
        ...{ start_time: at(run, 500), end_time: at(run, 1_000) },
      }),
    ],
    [
      'Langfuse',
      (run) => ({
        ...{ id: `r${run}`, traceId: `t${run}`, type: 'SPAN' },
        ...{ startTime: at(run, 0), endTime: at(run, 2_000) },
      }),
      (run) => ({
        ...{ id: `c${run}`, traceId: `t${run}`, parentObservationId: `r${run}`, type: 'GENERATION' },
        ...{ startTime: at(run, 500), endTime: at(run, 1_000) },
      }),
    ],
  ])('come together, all calls first and all that encloses them last: %s', async (_, outermost, inside) => {
    const { runs, sources } = await observe({ 'rows.jsonl': rows(inside) + rows(outermost) });
    expect(sources[0]).toMatchObject({ runs: RUNS, steps: RUNS, duplicateSpans: 0, problemCount: 0 });
    expect(runs.filter(({ hasRoot, durationMs }) => !hasRoot || durationMs !== 2_000)).toEqual([]);
  });
});
