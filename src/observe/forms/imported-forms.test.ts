import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mutatedJson } from '../../dev/testing/mutated-json.ts';
import { type Observation, observe } from '../../dev/testing/observation.ts';
import { jsonValue } from '../json-value.ts';
import { FORMS } from './forms.ts';

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

  it('is recognised by that form only', () => {
    for (const value of valuesIn(recording).values()) {
      if (value === undefined) continue;
      expect(FORMS.find((known) => known.recognises(value))?.name).toBe(form);
    }
  });

  it('cites places that are there', async () => {
    const observation = await observe({ recording });
    expect(observation.runs.length).toBeGreaterThan(0);
    expectSound(observation, recording);
  });

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

describe('a file that no form understands', () => {
  it('says what each form looks for', async () => {
    const { sources } = await observe({ 'a.json': '{"hello":[1,2]}' });
    const [problem] = sources[0]?.problems ?? [];
    for (const { name, looksFor } of FORMS) expect(problem?.message).toContain(`${name} (${looksFor})`);
  });
});
