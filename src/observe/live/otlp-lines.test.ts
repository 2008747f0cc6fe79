import { describe, expect, it } from 'vitest';
import type { LiveRun } from './live-run.ts';
import { otlpLine } from './otlp-lines.ts';
import { traceParent } from './span-id.ts';

const ID = 'a'.repeat(32);
const run: LiveRun = {
  ...{ id: ID, scenario: 's', startMs: 1, durationMs: 2, exchanges: [], unknownPaths: [] },
  ...{ ending: 'answered', exit: '0', answer: 'hi', problem: undefined, spans: [] },
};

/** The spans of the line, after that of the run. */
function spansOf(own: readonly object[]) {
  const spans = [{ scopeSpans: [{ spans: own }] }];
  return allSpans({ ...run, spans });
}

function allSpans(of: LiveRun) {
  const showsKey = (text: string) => text.includes('sk-1');
  const line = otlpLine(of, { workload: 'w', resource: {}, selectOf: () => ({}), showsKey });
  return JSON.parse(line).resourceSpans[0].scopeSpans[0].spans;
}

describe('the span of a run', () => {
  it.each<[string, Partial<LiveRun>, string | undefined]>([
    ['an answer', {}, undefined],
    ['nothing', { answer: ' \n' }, 'nothing-shown'],
    ['a key', { answer: 'it is sk-1' }, 'key-shown'],
    ['its end', { ending: 'timed-out' }, 'timed-out'],
  ])('says how it came out: with %s', (_, ended, error) => {
    const [{ attributes, startTimeUnixNano, endTimeUnixNano }] = allSpans({ ...run, ...ended });
    const [type, outcome] = ['error.type', 'aigate.outcome'].map(
      (name) => attributes.find(({ key }: { key: string }) => key === name)?.value.stringValue,
    );
    expect([type, outcome]).toEqual([error, error === undefined ? 'success' : 'failure']);
    // What was stopped here lasted nobody knows how long.
    expect(Number(endTimeUnixNano) > Number(startTimeUnixNano)).toBe(ended.ending !== 'timed-out');
  });
});

describe('the spans of the workload itself', () => {
  it('continue the run where the environment says so', () => {
    const [root] = spansOf([]);
    expect(traceParent(ID)).toBe(`00-${root.traceId}-${root.spanId}-01`);
  });

  it('stay within each other, and below the run where what enclosed them is not theirs', () => {
    const [root, outer, inner, stray, nameless] = spansOf([
      { name: 'outer', spanId: '1', parentSpanId: 'f' },
      { name: 'inner', spanId: '2', parentSpanId: '1', traceId: 'other' },
      { name: 'stray', spanId: '3', parentSpanId: root0() },
      { name: 'nameless' },
    ]);
    expect([outer, inner, stray, nameless].map(({ traceId }) => traceId)).toEqual([ID, ID, ID, ID]);
    expect(inner.parentSpanId).toBe(outer.spanId);
    for (const { parentSpanId } of [outer, stray, nameless]) expect(parentSpanId).toBe(root.spanId);
  });
});

/** Id of the span of the run, as the environment tells it. */
function root0(): string {
  return traceParent(ID).split('-')[2] ?? '';
}
