import { describe, expect, it } from 'vitest';
import { observe, observeRun, sourceOf } from '../dev/testing/observation.ts';
import {
  AGENT,
  type Attributes,
  CHAT,
  otlpSpan,
  type SpanSpec,
  START_MS,
  TOOL,
  traceIdOf,
  tracesLine,
} from '../dev/testing/otlp-spans.ts';

const ROOT: SpanSpec = { id: 'root', attributes: AGENT, durationMs: 100 };
const CALL: SpanSpec = { id: 'call', parent: 'root', attributes: CHAT, atMs: 5 };
const runOf = async (...spans: (SpanSpec | object)[]) => (await observeRun(tracesLine(spans))).run;

describe('a load', () => {
  it.each([
    ['arrival', 'arrival'],
    ['dropped', 'dropped'],
    // A run that is said to be part of a load in other words must not pass for an ordinary one.
    ['arrival', 'yes'],
    ['arrival', 1],
    [undefined, undefined],
  ])('is what the run says to be part of: %s of %j', async (load, said) => {
    const attributes = said === undefined ? AGENT : { ...AGENT, 'aigate.load': said };
    expect((await runOf({ ...ROOT, attributes }, CALL)).load).toBe(load);
  });
});

describe('a case of user harm', () => {
  it.each([
    ['unsafe-advice/gas', 'unsafe-advice/gas'],
    ['7', 7],
    [undefined, undefined],
  ])('is what the run says that it answers: %s of %j', async (harm, said) => {
    const attributes = said === undefined ? AGENT : { ...AGENT, 'aigate.harm': said };
    expect((await runOf({ ...ROOT, attributes }, CALL)).harm).toBe(harm);
  });
});

describe('outcome', () => {
  it.each([
    ['success', ['success', 'success']],
    ['failure', ['success', 'failure', 'abandoned']],
    ['abandoned', ['abandoned', 'success']],
    ['failure', ['success', 'Failure']],
    ['success', ['Success']],
    ['failure', ['success', 'failed']],
  ])('is the worst recorded: %s of %j', async (expected, outcomes) => {
    for (const told of [outcomes, [...outcomes].reverse()]) {
      const spans = told.map((outcome, i) => ({
        ...CALL,
        id: `c${i}`,
        attributes: { ...CHAT, 'aigate.outcome': outcome },
      }));
      expect((await runOf(ROOT, ...spans)).outcome).toBe(expected);
    }
  });

  it('is read from events and resources as from spans', async () => {
    const fails: Attributes = { 'aigate.outcome': 'failure' };
    const event = {
      ...ROOT,
      attributes: { ...AGENT, 'aigate.outcome': 'success' },
      events: [{ name: 'end', attributes: fails }],
    };
    expect((await runOf(event)).outcome).toBe('failure');
    expect((await observeRun(tracesLine([ROOT], { resource: fails }))).run.outcome).toBe('failure');
  });

  it('is not recorded rather than a success where nobody says', async () => {
    expect((await runOf(ROOT, CALL)).outcome).toBeUndefined();
  });
});

describe('time', () => {
  it('is that of the enclosing span', async () => {
    expect(await runOf(ROOT, CALL)).toMatchObject({ hasRoot: true, startMs: START_MS, durationMs: 100 });
  });

  it('spans all roots where there are several', async () => {
    const late = { id: 'late', attributes: CHAT, atMs: 200, durationMs: 50 };
    expect(await runOf(late, ROOT)).toMatchObject({ hasRoot: true, startMs: START_MS, durationMs: 250 });
  });

  it('spans all steps where the root was not recorded', async () => {
    const late = { ...CALL, id: 'late', atMs: 200, durationMs: 50 };
    expect(await runOf(CALL, late)).toMatchObject({
      hasRoot: false,
      startMs: START_MS + 5,
      durationMs: 245,
      error: undefined,
    });
  });

  it('is not recorded where the clock ran backwards, which is counted', async () => {
    const { run, source } = await observeRun(
      tracesLine([
        { ...ROOT, durationMs: -1 },
        { ...CALL, durationMs: 0 },
      ]),
    );
    expect(run.durationMs).toBeUndefined();
    expect(run.steps[0]?.durationMs).toBe(0);
    expect(source.backwardClocks).toBe(1);
  });

  it.each(['0', 0, '-1', 'yesterday', '1e18', '9'.repeat(30), null, '1420070399999999999'])(
    'is not recorded where a span says %j',
    async (startTimeUnixNano) => {
      const run = await runOf({ ...otlpSpan({ id: 'call', attributes: CHAT }), startTimeUnixNano });
      expect(run.steps[0]).toMatchObject({ startMs: undefined, durationMs: undefined });
    },
  );

  it('is exact to the nanosecond', async () => {
    const times = { startTimeUnixNano: '1763640000000000001', endTimeUnixNano: '1763640000001000003' };
    const run = await runOf({ ...otlpSpan({ id: 'call', attributes: CHAT }), ...times });
    expect(run.steps[0]?.durationMs).toBe(1.000002);
  });

  it('orders steps by start, and those without one last', async () => {
    const spans = [null, 30, 10, 20].map((atMs) => ({ ...CALL, id: `at${atMs}`, atMs }));
    expect((await runOf(...spans)).steps.map(({ startMs }) => startMs && startMs - START_MS)).toEqual([
      10,
      20,
      30,
      undefined,
    ]);
  });

  it('takes a recorded duration only where there are no times', async () => {
    const attributes = { ...CHAT, 'gen_ai.client.operation.duration': 2.5 };
    expect((await runOf({ id: 'call', attributes, atMs: null })).steps[0]?.durationMs).toBe(2_500);
    expect((await runOf({ id: 'call', attributes, durationMs: 7 })).steps[0]?.durationMs).toBe(7);
  });
});

describe('what a run takes from its spans', () => {
  it('is the error of the root and not of a step', async () => {
    expect((await runOf(ROOT, { ...CALL, status: 2 })).error).toBeUndefined();
    expect((await runOf({ ...ROOT, status: 2 }, CALL)).error).toBe('error');
  });

  it('are the select keys of span, event and resource, spans first, and all of several values, which match nothing', async () => {
    const keyed = (id: string, atMs: number, attributes: Attributes) => ({
      ...CALL,
      id,
      atMs,
      attributes: { ...CHAT, ...attributes },
    });
    const spans = [
      keyed('late', 9, { 'aigate.case': 'late', n: 7 }),
      { ...keyed('early', 1, { 'aigate.case': 'early' }), events: [{ name: 'x', attributes: { flag: true } }] },
    ];
    const resource = { 'aigate.case': 'resource', 'service.name': 'bot', 'other.key': 'x' };
    const selectKeys = ['aigate.case', 'n', 'flag', 'service.name', 'absent'];
    const { run } = await observeRun(tracesLine(spans, { resource }), { selectKeys });
    expect(run.attributes).toEqual({ 'aigate.case': 'early | late', n: '7', flag: 'true', 'service.name': 'bot' });
  });

  it('are the monitored signals that occur, as key or span name', async () => {
    const signals = ['gen_ai.request.model', 'guard', 'absent', 'event.key', 'service.name'];
    const spans = [
      CALL,
      { ...CALL, id: 'guard' },
      { ...CALL, id: 'e', events: [{ name: 'x', attributes: { 'event.key': 1 } }] },
    ];
    const { run } = await observeRun(tracesLine(spans, { resource: { 'service.name': 'bot' } }), { signals });
    expect(run.signals).toEqual(['gen_ai.request.model', 'guard', 'event.key', 'service.name']);
  });

  it('are not the signals of another run', async () => {
    const approval = { 'aigate.approval.decision': 'approve', 'aigate.approval.by': 'human' };
    const spans = [
      { id: 'a', trace: 'quiet', attributes: { ...CHAT, ...approval } },
      { id: 'b', trace: 'loud', attributes: { ...CHAT, 'error.type': '529' } },
    ];
    const resources = [
      tracesLine([{ ...CALL, trace: 'calm' }], { resource: { 'service.name': 'bot' } }),
      tracesLine([{ ...CALL, trace: 'seen', atMs: 7 }], { resource: { watched: 'yes' } }),
    ];
    const signals = ['error.type', 'watched'];
    const { runs } = await observe({ 'a.jsonl': tracesLine(spans) + resources.join('') }, { signals });
    const signalsOf = new Map(runs.map((run) => [run.id, run.signals]));
    expect(signalsOf).toEqual(
      new Map([
        [traceIdOf('quiet'), []],
        [traceIdOf('loud'), ['error.type']],
        [traceIdOf('calm'), []],
        [traceIdOf('seen'), ['watched']],
      ]),
    );
  });

  it('is the release it was recorded against; contradicting ones equal none', async () => {
    const line = (id: string, revision: string) =>
      tracesLine([{ ...CALL, id }], {
        resource: { 'vcs.ref.head.revision': revision, 'aigate.artifacts.digest': 'd1' },
      });
    expect((await observeRun(line('a', 'r1') + line('b', 'r1'))).run).toMatchObject({
      revision: 'r1',
      artifactsDigest: 'd1',
    });
    const { run } = await observeRun(line('a', 'r2') + line('b', 'r1'));
    expect(['r1', 'r2', undefined]).not.toContain(run.revision);
  });
});

describe('kind', () => {
  it('is declared where the source is synthetic', async () => {
    const { run, source } = await observeRun(tracesLine([CALL]), { origin: 'synthetic' });
    expect([run.kind, source.kind]).toEqual(['declared', 'declared']);
  });

  it.each(['synthetic', 'demo'])('is declared where the recording says its environment is %s', async (environment) => {
    for (const key of ['deployment.environment.name', 'deployment.environment']) {
      const { run, source } = await observeRun(tracesLine([CALL], { resource: { [key]: environment } }));
      expect([run.kind, source.kind, run.environment]).toEqual(['declared', 'declared', environment]);
    }
  });

  it('is the weaker of two sources that hold parts of one run', async () => {
    const recordings = { 'real.jsonl': tracesLine([ROOT]), 'made.jsonl': tracesLine([CALL]) };
    const sources = [sourceOf('real.jsonl'), sourceOf('made.jsonl', 'synthetic')];
    const { runs, sources: read } = await observe(recordings, { sources });
    expect(runs.map(({ kind }) => kind)).toEqual(['declared']);
    expect(read.map(({ kind, runs: count, steps }) => [kind, count, steps])).toEqual([
      ['recorded', 1, 0],
      ['declared', 0, 1],
    ]);
  });
});

describe('spans that are no part of a run', () => {
  it('are counted by scope, largest first, the eleventh scope under the rest', async () => {
    const other = (scope: string, count: number) =>
      tracesLine(
        Array.from({ length: count }, (_, i) => ({ id: `${scope}${i}`, trace: scope })),
        { scope },
      );
    const text = Array.from({ length: 12 }, (_, i) => other(`scope-${String(i + 1).padStart(2, '0')}`, i + 1)).join('');
    const { runs, sources } = await observe({ 'a.jsonl': text });
    expect(runs).toEqual([]);
    expect(sources[0]?.ignored).toHaveLength(11);
    expect(sources[0]?.ignored[0]).toEqual({ scope: 'scope-12', count: 12 });
    expect(sources[0]?.ignored[10]).toEqual({ scope: '(other scopes)', count: 3 });
  });

  it('are counted by name where no scope was recorded', async () => {
    const { source } = await observeRun(tracesLine([ROOT, CALL, { id: 'GET', parent: 'root' }], { scope: null }));
    expect(source.ignored).toEqual([{ scope: 'GET', count: 1 }]);
  });
});

it('cites each step by the line and pointer of its span in the file', async () => {
  const pretty = JSON.parse(tracesLine([{ ...CALL, id: 'z', attributes: TOOL, name: 'third' }]));
  const text = `\n${tracesLine([ROOT, { ...CALL, name: 'first' }])}${tracesLine([{ ...CALL, id: 'b', name: 'second' }])}${JSON.stringify(pretty)}`;
  const { run } = await observeRun(text);
  const cited = run.steps.map(({ ref }) => {
    const value: unknown = JSON.parse(text.split('\n')[ref.line - 1] ?? '');
    return [ref.artifact, ref.run, (ref.pointer.slice(1).split('/').reduce(memberOf, value) as { name: string }).name];
  });
  expect(cited).toEqual(['first', 'second', 'third'].map((name) => ['recordings/0', run.id, name]));
});

function memberOf(value: unknown, name: string): unknown {
  return Object.entries(value ?? {}).find(([key]) => key === name)?.[1];
}
