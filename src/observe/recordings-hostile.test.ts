import { open, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AigateError } from '../contract/errors.ts';
import {
  anObservationFolder,
  modelCalls,
  type ObservationFolder,
  type ObservationOptions,
  observe,
  observeRun,
  sourceOf,
} from '../dev/testing/observation.ts';
import { AGENT, CHAT, otlpSpan, tracesData, tracesLine } from '../dev/testing/otlp-spans.ts';
import { observeRecordings } from './recordings.ts';

const LINE = tracesLine([{ id: 'call', attributes: { ...CHAT, 'gen_ai.usage.input_tokens': 5 } }]);
const SECOND = tracesLine([{ id: 'other', attributes: CHAT }]);

/** What was counted of one recording. */
async function countsOf(recording: string | Uint8Array, options: ObservationOptions = {}) {
  const { sources, runs } = await observe({ 'week.jsonl': recording }, options);
  const [source] = sources;
  if (source === undefined) throw new Error('no source');
  const { form, lines, spans, steps, problemCount, problems } = source;
  return { form, lines, spans, steps, problemCount, problems, runs: runs.length };
}

describe('a recording that is damaged', () => {
  it.each<[string, string | Uint8Array, object]>([
    ['is empty', '', { form: 'empty', lines: 0, problemCount: 0 }],
    ['has blank lines only', '\n \r\n\t\n', { form: 'empty', problemCount: 0 }],
    ['is a byte-order mark', '\uFEFF', { form: 'empty', problemCount: 0 }],
    ['is binary', Uint8Array.from({ length: 999 }, (_, i) => (i * 37) % 256), { form: 'unrecognised' }],
    ['holds NUL bytes', '\0\0\0', { form: 'unrecognised', problemCount: 1 }],
    ['is JSON of another kind', '{"hello":[1,2]}\n', { form: 'unrecognised', problemCount: 1 }],
    ['is a number', '42', { form: 'unrecognised', problemCount: 1 }],
    ['is zstd', Uint8Array.from([0x28, 0xb5, 0x2f, 0xfd, 1, 2]), { form: 'unrecognised', problemCount: 1 }],
    ['is half a gzip header', Uint8Array.from([0x1f, 0x8b]), { form: 'unrecognised', problemCount: 1 }],
    ['holds logs only', '{"resourceLogs":[]}', { form: 'unrecognised', problemCount: 1 }],
  ])('and %s gives no run and says so', async (_, recording, expected) => {
    expect(await countsOf(recording)).toMatchObject({ spans: 0, steps: 0, runs: 0, ...expected });
  });

  it.each<[string, string | Uint8Array]>([
    ['is cut off in its last line', LINE + SECOND.slice(0, 40)],
    ['has a line that is no JSON', `${LINE}{"resourceSpans":[}\n`],
    ['has a line of another kind', `${LINE}{"hello":1}\n`],
    ['has a line that is not UTF-8', Buffer.concat([Buffer.from(LINE), Buffer.from([0x7b, 0xff, 0xfe, 0x7d, 0x0a])])],
    ['has a line of NUL bytes', `${LINE}\0\0\0\n`],
    ['has resource spans without scopes', `${LINE}{"resourceSpans":[{}]}\n`],
    ['has a span without a trace', LINE + tracesLine([{ ...otlpSpan({ id: 'x' }), traceId: '' }])],
    ['has a span of an all-zero trace', LINE + tracesLine([{ ...otlpSpan({ id: 'x' }), traceId: '0'.repeat(32) }])],
    ['has a span that is text', LINE.replace('"spans":[', '"spans":["x",')],
    ['has a damaged gzip member behind a whole one', Buffer.concat([gzipSync(LINE), gzipSync(SECOND).subarray(0, 15)])],
  ])('and %s keeps what is whole and counts the problem', async (_, recording) => {
    expect(await countsOf(recording)).toMatchObject({ form: 'otlp-json', steps: 1, runs: 1, problemCount: 1 });
  });

  it.each([
    ['other bytes', Buffer.from('tail')],
    ['padding of zeros', Buffer.alloc(512)],
    ['one zero', Buffer.alloc(1)],
  ])('and is followed by %s after its gzip data never reads as complete', async (_, tail) => {
    expect((await countsOf(Buffer.concat([gzipSync(LINE), tail]))).problemCount).toBe(1);
  });

  it('and is gzip cut off or changed anywhere never reads as complete', async () => {
    const packed = gzipSync(LINE.repeat(3));
    for (let size = 0; size < packed.length; size += 7) {
      const counts = await countsOf(packed.subarray(0, size));
      expect(size === 0 || counts.problemCount > 0).toBe(true);
    }
    const changed = Uint8Array.from(packed, (byte, i) => (i === packed.length - 6 ? byte ^ 1 : byte));
    expect((await countsOf(changed)).problemCount).toBeGreaterThan(0);
  });

  it('shows no word of itself in a problem', async () => {
    const { problems } = await countsOf(`${LINE}{"secret-word": }\nsecret-word\n`);
    expect(problems).toHaveLength(2);
    expect(JSON.stringify(problems)).not.toContain('secret-word');
  });

  it('counts a first line that is not UTF-8 once', async () => {
    const recording = Buffer.concat([Buffer.from([0xff, 0xfe, 0x0a]), Buffer.from(LINE)]);
    expect(await countsOf(recording)).toMatchObject({ steps: 1, problemCount: 1 });
  });

  it('counts every problem and lists five', async () => {
    const { problems, problemCount } = await countsOf(LINE + 'x\n'.repeat(9));
    expect(problemCount).toBe(9);
    expect(problems.map(({ line }) => line)).toEqual([2, 3, 4, 5, 6]);
  });
});

describe('a recording that is unusual but whole', () => {
  it.each<[string, string | Uint8Array]>([
    ['line ends of Windows', LINE.replace('\n', '\r\n') + SECOND],
    ['a byte-order mark', `\uFEFF${LINE}${SECOND}`],
    ['blank lines', `\n\n${LINE}\n  \n${SECOND}\n`],
    ['no last newline', (LINE + SECOND).trimEnd()],
    ['gzip', gzipSync(LINE + SECOND)],
    ['gzip members one after another', Buffer.concat([gzipSync(LINE), gzipSync(SECOND)])],
    ['a line cut by gzip members', Buffer.concat([gzipSync(LINE.slice(0, 50)), gzipSync(LINE.slice(50) + SECOND)])],
    [
      'unknown members and __proto__',
      LINE.replace('{"resource"', '{"__proto__":{"spans":1},"x":[],"resource"') + SECOND,
    ],
    [
      'one document on many lines',
      JSON.stringify(
        tracesData([
          { id: 'call', attributes: CHAT },
          { id: 'b', attributes: CHAT },
        ]),
        null,
        2,
      ),
    ],
  ])('is read with %s', async (_, recording) => {
    expect(await countsOf(recording)).toMatchObject({ form: 'otlp-json', steps: 2, runs: 1, problemCount: 0 });
  });

  it('keeps select keys of any name as plain values', async () => {
    const attributes = Object.fromEntries([
      ['__proto__', 'x'],
      ['constructor', 'y'],
    ]) as Record<string, string>;
    const { run } = await observeRun(tracesLine([{ id: 'a', attributes: { ...AGENT, ...attributes } }]), {
      selectKeys: ['constructor', 'toString'],
    });
    expect(run.attributes).toEqual({ constructor: 'y' });
    expect(Object.getPrototypeOf(run.attributes)).toBe(Object.prototype);
  });

  it('hands on huge numbers without judging them and no infinity', async () => {
    const usage = (value: object) => ({
      ...otlpSpan({ id: JSON.stringify(value).slice(-12), attributes: CHAT }),
      attributes: [
        { key: 'gen_ai.operation.name', value: { stringValue: 'chat' } },
        { key: 'gen_ai.usage.input_tokens', value },
      ],
    });
    const text = tracesLine([
      usage({ intValue: '9223372036854775807' }),
      usage({ doubleValue: -1.5 }),
      usage({ x: 'NUMBER' }),
    ]);
    const { run } = await observeRun(text.replace('{"x":"NUMBER"}', '{"doubleValue":1e999}'));
    const inputs = modelCalls(run.steps).map(({ recordedUsage }) => recordedUsage.input);
    expect(inputs).toEqual([2 ** 63, -1.5, undefined]);
  });

  it('is read where values nest ten thousand deep', async () => {
    const deep = `${'{"arrayValue":{"values":['.repeat(10_000)}${']}}'.repeat(10_000)}`;
    const text = LINE.replace('{"intValue":"5"}', deep);
    expect(await countsOf(text, { selectKeys: ['gen_ai.usage.input_tokens'] })).toMatchObject({ spans: 1, steps: 1 });
  });

  it('counts repeated spans and files once as steps', async () => {
    expect((await observeRun(LINE + LINE)).source).toMatchObject({ spans: 2, steps: 1, duplicateSpans: 1 });
    const { runs, sources } = await observe(
      { 'a.jsonl': LINE },
      { sources: [sourceOf('a.jsonl'), sourceOf('a.jsonl')] },
    );
    expect(runs[0]?.steps).toHaveLength(1);
    expect(sources.map(({ spans, steps, duplicateSpans }) => [spans, steps, duplicateSpans])).toEqual([
      [1, 1, 0],
      [1, 0, 1],
    ]);
  });
});

describe('a source file', () => {
  let folder: ObservationFolder;
  beforeEach(async () => {
    folder = await anObservationFolder({ 'week.jsonl': LINE });
  });
  afterEach(() => folder.remove());

  const failureOf = async (recording: string, options: ObservationOptions = {}, onRun = () => {}) => {
    const failure: unknown = await observeRecordings(folder.request([recording], options), onRun).catch((e) => e);
    expect(await folder.leftBehind()).toEqual([]);
    return failure;
  };
  const codeOf = async (recording: string) => {
    const failure = await failureOf(recording);
    return failure instanceof AigateError ? failure.code : failure;
  };

  it.each(['../spill/x', '/etc/hostname', '..', '.', 'a/../../x'])('may not be %s', async (recording) => {
    expect(await codeOf(recording)).toBe('PATH_ESCAPES');
  });

  it('may not be a symlink that leads outside, but one that stays inside', async () => {
    await writeFile(join(folder.root, '../outside.jsonl'), LINE);
    await symlink('../outside.jsonl', join(folder.root, 'out.jsonl'));
    await symlink('week.jsonl', join(folder.root, 'in.jsonl'));
    await symlink('loop.jsonl', join(folder.root, 'loop.jsonl'));
    expect(await codeOf('out.jsonl')).toBe('PATH_ESCAPES');
    expect(await codeOf('loop.jsonl')).toBe('FILE_UNREADABLE');
    expect(await observeRecordings(folder.request(['in.jsonl']), () => {})).toMatchObject([{ steps: 1 }]);
  });

  it.each(['absent.jsonl', 'nul\0.jsonl', 'week.jsonl/x'])('must exist: %j', async (recording) => {
    expect(await codeOf(recording)).toBe('FILE_UNREADABLE');
  });

  it('is not read on after an abort, and nothing is left behind', async () => {
    const controller = new AbortController();
    controller.abort(new Error('stopped'));
    const failure = await failureOf('week.jsonl', { signal: controller.signal, maxRowsInMemory: 1 });
    expect(failure).toMatchObject({ message: 'stopped' });
  });

  it('leaves nothing behind when the receiver of runs throws after a spill', async () => {
    await writeFile(join(folder.root, 'week.jsonl'), LINE + SECOND);
    const failure = await failureOf('week.jsonl', { maxRowsInMemory: 1 }, () => {
      throw new Error('receiver');
    });
    expect(failure).toMatchObject({ message: 'receiver' });
  });

  it('skips and counts a line of 65 MiB, and reads what follows', async () => {
    const file = await open(join(folder.root, 'long.jsonl'), 'w');
    await file.write(LINE);
    const mebibyte = Buffer.alloc(1024 * 1024, 'a');
    for (let i = 0; i < 65; i++) await file.write(mebibyte);
    await file.write(`\n${SECOND}`);
    await file.close();
    const [source] = await observeRecordings(folder.request(['long.jsonl']), () => {});
    expect(source).toMatchObject({ lines: 3, steps: 2, problemCount: 1 });
    expect(source?.problems[0]?.line).toBe(2);
  });
});
