import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { createReceivedSpans, spansTaken } from './received-spans.ts';

const encoder = new TextEncoder();
const JSON_BODY = { 'content-type': 'application/json' };
const PROTOBUF = { 'content-type': 'application/x-protobuf' };
const GZIP = { ...JSON_BODY, 'content-encoding': 'gzip' };
const body = (groups: readonly unknown[]) => encoder.encode(JSON.stringify({ resourceSpans: groups }));

describe('spans that a workload sends', () => {
  it('are taken as OTLP/JSON, in the order in which they came', () => {
    const spans = createReceivedSpans();
    expect([spans.add(body([1]), JSON_BODY), spans.add(body([]), {}), spans.add(body([2, 3]), JSON_BODY)]).toEqual([
      true,
      true,
      true,
    ]);
    expect([spans.all(), spans.refused()]).toEqual([[1, 2, 3], 0]);
  });

  it.each([
    ['half of a protobuf message', Uint8Array.of(0x0a, 0x90, 0x01, 0x0a), PROTOBUF],
    ['protobuf that says it is JSON', Uint8Array.of(0x0a, 0x00), JSON_BODY],
    ['JSON that says it is protobuf', body([1]), PROTOBUF],
    ['not gzip', body([1]), GZIP],
    ['packed as nobody reads', body([1]), { ...JSON_BODY, 'content-encoding': 'br' }],
    ['a bomb', gzipSync(new Uint8Array(17 * 1024 * 1024)), GZIP],
    ['nothing', new Uint8Array(), JSON_BODY],
    ['other JSON', encoder.encode('{"resourceMetrics":[]}'), JSON_BODY],
    ['spans that are no list', encoder.encode('{"resourceSpans":{}}'), JSON_BODY],
    ['half a body', body([1]).slice(0, 12), JSON_BODY],
  ])('are refused and counted where they are %s', (_name, bytes, headers) => {
    const spans = createReceivedSpans();
    expect(spans.add(bytes, headers)).toBe(false);
    expect([spans.all(), spans.refused()]).toEqual([[], 1]);
  });

  it('are bounded in number and size, and what is beyond is counted', () => {
    const many = createReceivedSpans();
    expect([many.add(body(Array(10_000).fill(0)), {}), many.add(body([1]), {}), many.add(body([]), {})]).toEqual([
      true,
      false,
      true,
    ]);
    expect([many.all().length, many.refused()]).toEqual([10_000, 1]);
    const large = createReceivedSpans();
    const megabytes = body(['x'.repeat(9_000_000)]);
    expect([large.add(megabytes, {}), large.add(megabytes, {}), large.add(body([1]), {})]).toEqual([true, false, true]);
    expect(large.refused()).toBe(1);
  });

  it('are taken as protobuf and packed, and answered in the format in which they came', () => {
    const spans = createReceivedSpans();
    expect(spans.add(Uint8Array.of(0x0a, 0x00), PROTOBUF)).toBe(true);
    expect(spans.add(gzipSync(body([2])), GZIP)).toBe(true);
    expect([spans.all(), spans.refused()]).toEqual([[{}, 2], 0]);
    expect(spansTaken(PROTOBUF).headers).toMatchObject({ 'content-type': 'application/x-protobuf' });
    expect(spansTaken({}).headers).toMatchObject({ 'content-type': 'application/json' });
  });
});
