import protobuf, { type Reader } from 'protobufjs/minimal.js';
import type { JsonObject } from './any-value.ts';

/** How many bytes a field has: it ends with the first small one, is of 8, or says how many it is of. */
const WIRE = { varint: 0, fixed64: 1, delimited: 2 } as const;

/** `each`: the field may occur often, and is a list. */
type Field = readonly [name: string, holds: string, times?: 'each'];

interface Scalar {
  readonly wire: (typeof WIRE)[keyof typeof WIRE];
  readonly read: (from: Reader) => string | number | boolean;
}

/** How the bytes of a field read, and how OTLP/JSON writes it: integers of 64 bits and times as text, ids in hex. */
const SCALARS: Readonly<Record<string, Scalar>> = {
  text: { wire: WIRE.delimited, read: (from) => from.string() },
  hex: { wire: WIRE.delimited, read: (from) => Buffer.from(from.bytes()).toString('hex') },
  base64: { wire: WIRE.delimited, read: (from) => Buffer.from(from.bytes()).toString('base64') },
  time: { wire: WIRE.fixed64, read: (from) => String(from.fixed64()) },
  int64: { wire: WIRE.varint, read: (from) => String(from.int64()) },
  enum: { wire: WIRE.varint, read: (from) => from.int32() },
  bool: { wire: WIRE.varint, read: (from) => from.bool() },
  double: { wire: WIRE.fixed64, read: (from) => from.double() },
};

/** Field numbers of opentelemetry-proto 1.9 (trace/v1, common/v1, resource/v1), of which no number ever changes. */
const MESSAGES: Readonly<Record<string, Readonly<Record<number, Field>>>> = {
  TracesData: { 1: ['resourceSpans', 'ResourceSpans', 'each'] },
  ResourceSpans: { 1: ['resource', 'Resource'], 2: ['scopeSpans', 'ScopeSpans', 'each'], 3: ['schemaUrl', 'text'] },
  Resource: { 1: ['attributes', 'KeyValue', 'each'] },
  ScopeSpans: { 1: ['scope', 'Scope'], 2: ['spans', 'Span', 'each'], 3: ['schemaUrl', 'text'] },
  Scope: { 1: ['name', 'text'], 2: ['version', 'text'], 3: ['attributes', 'KeyValue', 'each'] },
  Span: {
    1: ['traceId', 'hex'],
    2: ['spanId', 'hex'],
    3: ['traceState', 'text'],
    4: ['parentSpanId', 'hex'],
    5: ['name', 'text'],
    6: ['kind', 'enum'],
    7: ['startTimeUnixNano', 'time'],
    8: ['endTimeUnixNano', 'time'],
    9: ['attributes', 'KeyValue', 'each'],
    11: ['events', 'Event', 'each'],
    15: ['status', 'Status'],
  },
  Event: { 1: ['timeUnixNano', 'time'], 2: ['name', 'text'], 3: ['attributes', 'KeyValue', 'each'] },
  Status: { 2: ['message', 'text'], 3: ['code', 'enum'] },
  KeyValue: { 1: ['key', 'text'], 2: ['value', 'AnyValue'] },
  AnyValue: {
    1: ['stringValue', 'text'],
    2: ['boolValue', 'bool'],
    3: ['intValue', 'int64'],
    4: ['doubleValue', 'double'],
    5: ['arrayValue', 'ArrayValue'],
    6: ['kvlistValue', 'KeyValueList'],
    7: ['bytesValue', 'base64'],
  },
  ArrayValue: { 1: ['values', 'AnyValue', 'each'] },
  KeyValueList: { 1: ['values', 'KeyValue', 'each'] },
};

/** Values nested below this come from nobody who means well. */
const DEEPEST = 32;

/**
 * The `resourceSpans` of a request of OTLP in protobuf, as OTLP/JSON has them; undefined when the bytes are no such
 * request. Fields of later versions and links are left out.
 */
export function tracesFromProtobuf(bytes: Uint8Array): readonly unknown[] | undefined {
  try {
    const groups = messageIn(protobuf.Reader.create(bytes), { name: 'TracesData', end: bytes.length, depth: 0 })[
      'resourceSpans'
    ];
    return Array.isArray(groups) ? groups : [];
  } catch {
    return undefined;
  }
}

interface Place {
  readonly name: string;
  /** Where the message ends. */
  readonly end: number;
  readonly depth: number;
}

function messageIn(reader: Reader, { name, end, depth }: Place): JsonObject {
  if (depth > DEEPEST) throw new RangeError('nested too deeply');
  const message: Record<string, unknown> = {};
  while (reader.pos < end) {
    const tag = reader.uint32();
    const [number, wire] = [tag >>> 3, tag & 7];
    const field = MESSAGES[name]?.[number];
    if (field === undefined) {
      reader.skipType(wire);
      continue;
    }
    const [member, holds, times] = field;
    const scalar = SCALARS[holds];
    if (wire !== (scalar?.wire ?? WIRE.delimited)) throw new RangeError(`${name}.${member} is of another type`);
    const value =
      scalar?.read(reader) ?? messageIn(reader, { name: holds, end: reader.uint32() + reader.pos, depth: depth + 1 });
    const known = message[member];
    if (times === undefined) message[member] = value;
    else if (Array.isArray(known)) known.push(value);
    else message[member] = [value];
  }
  if (reader.pos !== end) throw new RangeError(`${name} ends within a field`);
  return message;
}
