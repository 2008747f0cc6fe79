import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { writeRecording } from '../dev/bench/write-recording.ts';
import { type Observation, observe, type Recordings } from '../dev/testing/observation.ts';
import { AGENT, type Attributes, CHAT, TOOL, tracesLine } from '../dev/testing/otlp-spans.ts';

const WATCHED = { selectKeys: ['aigate.case'], signals: ['error.type'] };

function byId({ runs, sources }: Observation) {
  return { runs: new Map(runs.map((run) => [run.id, run])), count: runs.length, sources };
}

/** Read as large recordings are: traces counted first, runs handed on when complete. */
async function observeCounted(recordings: Recordings, maxRowsInMemory = 150_000) {
  return byId(await observe(recordings, { ...WATCHED, countFromBytes: 0, maxRowsInMemory }));
}

async function expectSame(recordings: Recordings): Promise<void> {
  const whole = byId(await observe(recordings, WATCHED));
  expect(await observeCounted(recordings)).toEqual(whole);
  expect(await observeCounted(recordings, 3)).toEqual(whole);
}

/** Traces do not overlap: runs with the same steps at the same instants are copies, of which only one counts. */
const TRACES = ['t1', 't2', 't3', 't4', 't5'];
const inTime = <S extends { readonly trace: string; readonly atMs?: number }>(spec: S) => ({
  ...spec,
  atMs: 1_000 * TRACES.indexOf(spec.trace) + (spec.atMs ?? 0),
});

const span = fc
  .record(
    {
      trace: fc.constantFrom(...TRACES),
      id: fc.constantFrom('a', 'b', 'c', 'd'),
      parent: fc.constantFrom('a', 'b', 'none'),
      atMs: fc.integer({ min: 0, max: 50 }),
      attributes: fc.constantFrom<Attributes>(AGENT, CHAT, TOOL, {}, { 'aigate.case': 'x' }),
    },
    { requiredKeys: ['trace', 'id', 'attributes'] },
  )
  .map(inTime);
const recording = fc
  .array(fc.array(span, { maxLength: 5 }), { maxLength: 8 })
  .map((lines) => lines.map((spans) => tracesLine(spans)).join(''));

describe('large recordings', () => {
  it('give the same runs and counts as small ones, also where spans are spilled', async () => {
    await fc.assert(fc.asyncProperty(fc.record({ 'a.jsonl': recording, 'b.jsonl': recording }), expectSame), {
      numRuns: 40,
    });
  });

  it('give the same for a generated recording, as lines, as gzip and beside a hand-written run', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'aigate-large-'));
    try {
      writeRecording(join(dir, 'a.jsonl'), 2_001);
      const text = await readFile(join(dir, 'a.jsonl'), 'utf8');
      await expectSame({ 'a.jsonl': text });
      const { runs } = await observeCounted({ 'a.jsonl': text });
      expect((await observeCounted({ 'a.jsonl.gz': gzipSync(text) })).runs).toEqual(runs);
      await expectSame({ 'a.jsonl': text, 'hand.yaml': 'run: by-hand\nsteps: []\n' });
    } finally {
      await rm(dir, { recursive: true, force: true });
    }
  });

  it('hand on a run before the rest of the recording is read', async () => {
    const lines = Array.from({ length: 400 }, (_, i) =>
      tracesLine([{ id: 'root', trace: `t${i}`, attributes: { ...AGENT, padding: 'x'.repeat(20_000) } }]),
    );
    let handedOn = 0;
    const aborted = new AbortController();
    const redact = (text: string) => {
      if (handedOn > 100) aborted.abort(new Error('stopped after a hundred runs'));
      return text;
    };
    const observation = observe(
      { 'a.jsonl': lines.join('') },
      { countFromBytes: 0, redact, signal: aborted.signal, assess: () => '' },
    );
    handedOn = 101;
    await expect(observation).rejects.toThrow('stopped after a hundred runs');
  });

  const chat = { id: 'call', parent: 'root', attributes: CHAT };
  const root = { id: 'root', attributes: AGENT };

  it.each<[string, string]>([
    [
      'a link that names another trace',
      tracesLine([root]).replace('"status"', `"links":[{"traceId":"${'0'.repeat(30)}74"}],"status"`),
    ],
    [
      'ids in upper case',
      tracesLine([root]).replace(/"traceId":"\w+"/, (id) => id.toUpperCase().replace('TRACEID', 'traceId')),
    ],
    ['keys in snake case', tracesLine([root]).replace('"traceId"', '"trace_id"').replace('"spanId"', '"span_id"')],
    ['spaces around the colon', tracesLine([root]).replace('"traceId":', '"traceId" :\t')],
    ['a line that is no JSON', `${tracesLine([root]).trim()}x\n`],
    ['no trace id', tracesLine([root]).replace(/"traceId":"\w+",/, '')],
    ['the key in a text', tracesLine([{ ...root, name: '"traceId":"74"' }])],
  ])('count right where one line has %s', async (_, line) => {
    const before = tracesLine([chat, { ...chat, id: 'second' }]);
    await expectSame({ 'a.jsonl': `${before}${line}${tracesLine([{ ...chat, id: 'third' }])}` });
  });

  it('report a span that was hidden from the count', async () => {
    const hidden = tracesLine([chat]).replace('"traceId"', '"trace\\u0049d"');
    const { sources } = await observeCounted({ 'a.jsonl': `${tracesLine([root])}${hidden}` });
    expect(sources[0]?.problems).toEqual([
      { line: 2, message: 'a span came after its trace was complete: its trace id is written unusually' },
    ]);
  });

  it('find keys that lie across the chunks in which they are counted', async () => {
    const padding = (bytes: number) => tracesLine([{ ...chat, trace: 'u', name: 'x'.repeat(bytes) }]);
    for (const bytes of [4_193_900, 4_194_010, 4_194_030, 4_194_100]) {
      await expectSame({ 'a.jsonl': `${padding(bytes)}${tracesLine([root, chat])}` });
    }
  });
});
