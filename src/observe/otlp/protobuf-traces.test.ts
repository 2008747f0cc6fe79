import fc from 'fast-check';
import protobuf, { type Writer } from 'protobufjs/minimal.js';
import { describe, expect, it } from 'vitest';
import { tracesFromProtobuf } from './protobuf-traces.ts';

type Fields = (writer: Writer) => Writer;

const bytesOf = (...fields: readonly Fields[]) =>
  fields.reduce((writer, field) => field(writer), protobuf.Writer.create()).finish();
const text =
  (number: number, value: string): Fields =>
  (to) =>
    to.uint32((number << 3) | 2).string(value);
const bytes =
  (number: number, value: Uint8Array): Fields =>
  (to) =>
    to.uint32((number << 3) | 2).bytes(value);
const time =
  (number: number, value: bigint): Fields =>
  (to) =>
    to.uint32((number << 3) | 1).fixed64(String(value));
const double =
  (number: number, value: number): Fields =>
  (to) =>
    to.uint32((number << 3) | 1).double(value);
const int64 =
  (number: number, value: bigint): Fields =>
  (to) =>
    to.uint32(number << 3).int64(String(value));
const int32 =
  (number: number, value: number): Fields =>
  (to) =>
    to.uint32(number << 3).int32(value);
const message = (number: number, ...fields: readonly Fields[]): Fields => bytes(number, bytesOf(...fields));

const attribute = (number: number, key: string, value: Fields) => message(number, text(1, key), message(2, value));

/** A request with one span that has everything that is read, and what is not: links, flags, counts of dropped ones. */
const REQUEST = bytesOf(
  message(
    1,
    message(1, attribute(1, 'service.name', text(1, 'agent')), int32(2, 0)),
    message(
      2,
      message(1, text(1, 'scope'), text(2, '1.2')),
      message(
        2,
        bytes(
          1,
          Uint8Array.from({ length: 16 }, (_, i) => i),
        ),
        bytes(2, Uint8Array.of(255, 1, 2, 3, 4, 5, 6, 7)),
        bytes(4, new Uint8Array()),
        text(5, 'chat äöü'),
        int32(6, 3),
        time(7, 1_795_680_066_221_000_001n),
        time(8, 1_795_680_066_221_444_047n),
        attribute(9, 'n', int64(3, -5n)),
        attribute(9, 'large', int64(3, 2n ** 62n)),
        attribute(9, 'd', double(4, 0.5)),
        attribute(9, 'b', (to) => to.uint32(2 << 3).bool(true)),
        attribute(9, 'list', message(5, message(1, text(1, 'a')), message(1, text(1, 'b')))),
        attribute(9, 'map', message(6, attribute(1, 'k', text(1, 'v')))),
        attribute(9, 'raw', bytes(7, Uint8Array.of(1, 2))),
        message(11, time(1, 7n), text(2, 'event'), attribute(3, 'x', int64(3, 1n))),
        message(13, bytes(1, new Uint8Array(16))),
        message(15, text(2, 'boom'), int32(3, 2)),
        (to) => to.uint32((16 << 3) | 5).fixed32(257),
      ),
    ),
  ),
);

describe('tracesFromProtobuf', () => {
  it('gives what OTLP/JSON would say', () => {
    expect(tracesFromProtobuf(REQUEST)).toEqual([
      {
        resource: { attributes: [{ key: 'service.name', value: { stringValue: 'agent' } }] },
        scopeSpans: [
          {
            scope: { name: 'scope', version: '1.2' },
            spans: [
              {
                traceId: '000102030405060708090a0b0c0d0e0f',
                spanId: 'ff01020304050607',
                parentSpanId: '',
                name: 'chat äöü',
                kind: 3,
                startTimeUnixNano: '1795680066221000001',
                endTimeUnixNano: '1795680066221444047',
                attributes: [
                  { key: 'n', value: { intValue: '-5' } },
                  { key: 'large', value: { intValue: '4611686018427387904' } },
                  { key: 'd', value: { doubleValue: 0.5 } },
                  { key: 'b', value: { boolValue: true } },
                  { key: 'list', value: { arrayValue: { values: [{ stringValue: 'a' }, { stringValue: 'b' }] } } },
                  { key: 'map', value: { kvlistValue: { values: [{ key: 'k', value: { stringValue: 'v' } }] } } },
                  { key: 'raw', value: { bytesValue: 'AQI=' } },
                ],
                events: [{ timeUnixNano: '7', name: 'event', attributes: [{ key: 'x', value: { intValue: '1' } }] }],
                status: { message: 'boom', code: 2 },
              },
            ],
          },
        ],
      },
    ]);
  });

  it('has no groups where the request has none', () => {
    expect(tracesFromProtobuf(new Uint8Array())).toEqual([]);
  });

  it('refuses every request that is cut short within its only group', () => {
    for (let length = 1; length < REQUEST.length; length++) {
      expect(tracesFromProtobuf(REQUEST.subarray(0, length))).toBeUndefined();
    }
  });

  it('refuses a field of another type, and a message that ends within one', () => {
    expect(tracesFromProtobuf(bytesOf(int32(1, 7)))).toBeUndefined();
    expect(tracesFromProtobuf(Uint8Array.of(0x0a, 0x02, 0x1a, 0x05, 1, 2, 3, 4, 5))).toBeUndefined();
  });

  it('refuses values that are nested beyond all reason', () => {
    const nested = (depth: number): Fields => (depth === 0 ? text(1, 'x') : message(5, message(1, nested(depth - 1))));
    const request = (depth: number) => bytesOf(message(1, message(2, message(2, attribute(9, 'deep', nested(depth))))));
    expect(tracesFromProtobuf(request(8))).toHaveLength(1);
    expect(tracesFromProtobuf(request(5_000))).toBeUndefined();
  });

  it('never throws, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (noise) => {
        const groups = tracesFromProtobuf(noise);
        expect(groups === undefined || Array.isArray(groups)).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });
});
