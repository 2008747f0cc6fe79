import { describe, expect, it } from 'vitest';
import { createReceivedSpans } from './received-spans.ts';

const encoder = new TextEncoder();
const body = (groups: readonly unknown[]) => encoder.encode(JSON.stringify({ resourceSpans: groups }));

describe('spans that a workload sends', () => {
  it('are taken as OTLP/JSON, in the order in which they came', () => {
    const spans = createReceivedSpans();
    expect([spans.add(body([1])), spans.add(body([])), spans.add(body([2, 3]))]).toEqual([true, true, true]);
    expect([spans.all(), spans.refused()]).toEqual([[1, 2, 3], 0]);
  });

  it.each([
    ['protobuf', Uint8Array.of(0x0a, 0x90, 0x01, 0x0a)],
    ['nothing', new Uint8Array()],
    ['other JSON', encoder.encode('{"resourceMetrics":[]}')],
    ['spans that are no list', encoder.encode('{"resourceSpans":{}}')],
    ['half a body', body([1]).slice(0, 12)],
  ])('are refused and counted where they are %s', (_name, bytes) => {
    const spans = createReceivedSpans();
    expect(spans.add(bytes)).toBe(false);
    expect([spans.all(), spans.refused()]).toEqual([[], 1]);
  });

  it('are bounded in number and size, and what is beyond is counted', () => {
    const many = createReceivedSpans();
    expect([many.add(body(Array(10_000).fill(0))), many.add(body([1])), many.add(body([]))]).toEqual([
      true,
      false,
      true,
    ]);
    expect([many.all().length, many.refused()]).toEqual([10_000, 1]);
    const large = createReceivedSpans();
    const megabytes = body(['x'.repeat(9_000_000)]);
    expect([large.add(megabytes), large.add(megabytes), large.add(body([1]))]).toEqual([true, false, true]);
    expect(large.refused()).toBe(1);
  });
});
