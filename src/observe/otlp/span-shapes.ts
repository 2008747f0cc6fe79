import { decimalOf } from './any-value.ts';
import { type OtlpSpan, SCANNED, type ScannedAttributes, type ScannedKeys, STANDARD_IDS } from './otlp-span.ts';
import { type Meaning, type Segment, type SpanShape, shapeOf } from './shape-of.ts';

/** Spans of one instrumentation have few shapes; where there are more, trying them costs more than it saves. */
const MAX_SHAPES = 64;
/** Where to look for what tells shapes apart at a glance: well inside the name, behind three ids. */
const HINT_AT = 142;
const HINTS = 128;

/** The inside of a JSON string and a JSON number, exactly as the grammar has them (RFC 8259 §6 and §7). */
const PLAIN = '[^"\\\\\\u0000-\\u001f]*';
const STRING = `${PLAIN}(?:\\\\(?:["\\\\/bfnrt]|u[0-9a-fA-F]{4})${PLAIN})*`;
const NUMBER = '-?(?:0|[1-9][0-9]*)(?:\\.[0-9]+)?(?:[eE][+-]?[0-9]+)?';

/** Ids in the standard form, not all zero; spans with others are left to JSON.parse. */
const IDS: Readonly<Partial<Record<Meaning['of'], string>>> = {
  traceId: '(?!0{32})[0-9a-f]{32}',
  spanId: '(?!0{16})[0-9a-f]{16}',
  parentSpanId: '(?!0{16})[0-9a-f]{16}',
};

const [TRACE_ID_LENGTH, SPAN_ID_LENGTH] = [32, 16];

/** A span with the members and attributes that are read, and the position after its text. */
interface ScannedSpan {
  readonly span: OtlpSpan;
  readonly end: number;
}

/**
 * Reads spans whose text differs from an earlier one only in strings and numbers: each shape is one regular expression,
 * which the engine compiles, several times faster than JSON.parse and without building what nobody reads. Shapes are
 * learnt from spans that JSON.parse accepted and hold the grammar of their values, so a match is valid JSON too.
 */
export interface SpanShapes {
  /** The span that begins at `from`; undefined when its shape is not known. */
  scan(text: string, from: number): ScannedSpan | undefined;
  /** Learns the shape of a span. `text` must be one JSON object, without space around it. */
  learn(text: string): void;
}

interface Shape {
  readonly pattern: RegExp;
  /** Of each captured value. */
  readonly kinds: readonly Kind[];
  /** Places of the members among the captured values; -1 = the shape does not have it. */
  readonly members: Readonly<Record<Exclude<Meaning['of'], 'attribute' | 'item'>, number>>;
  readonly attributes: ScannedKeys;
}

/** How a captured text becomes a value; `decimal` is a number that JSON writes as a string. */
type Kind = 'text' | 'number' | 'decimal';

/** `isRead` tells whether anybody reads the attribute of a key. */
export function createSpanShapes(isRead: (key: string) => boolean): SpanShapes {
  const shapes: Shape[] = [];
  /** By hint the shapes in the order in which they were used last. */
  const byHint: Shape[][] = Array.from({ length: HINTS }, () => []);
  return {
    scan(text, from) {
      const likely = byHint[text.charCodeAt(from + HINT_AT) % HINTS] ?? shapes;
      if (likely.length < shapes.length) likely.push(...shapes.slice(likely.length));
      for (let i = 0; i < likely.length; i++) {
        const shape = likely[i];
        if (shape === undefined) continue;
        shape.pattern.lastIndex = from;
        const captured = shape.pattern.exec(text);
        if (captured === null) continue;
        if (i > 0) {
          likely.splice(i, 1);
          likely.unshift(shape);
        }
        return { span: spanOf(captured, shape), end: shape.pattern.lastIndex };
      }
      return undefined;
    },
    learn(text) {
      if (shapes.length >= MAX_SHAPES) return;
      const shape = shapeOf(text, isRead);
      if (shape !== undefined) shapes.push(shapeFrom(shape));
    },
  };
}

function shapeFrom({ segments, keys }: SpanShape): Shape {
  const source = segments.map(({ literal, value, meaning }) => {
    const escaped = literal.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
    if (value === 'none') return escaped;
    const pattern = value === 'string' ? STRING : NUMBER;
    return `${escaped}${meaning === undefined ? pattern : `(${IDS[meaning.of] ?? pattern})`}`;
  });
  const read = segments.filter(({ meaning }) => meaning !== undefined);
  const kinds = read.map(kindOf);
  const place = (of: Meaning['of']) => read.findIndex(({ meaning }) => meaning?.of === of);
  return {
    pattern: new RegExp(source.join(''), 'y'),
    kinds,
    members: {
      traceId: place('traceId'),
      spanId: place('spanId'),
      parentSpanId: place('parentSpanId'),
      name: place('name'),
      startTimeUnixNano: place('startTimeUnixNano'),
      endTimeUnixNano: place('endTimeUnixNano'),
      status: place('status'),
      statusMessage: place('statusMessage'),
      traceState: place('traceState'),
    },
    attributes: attributesFrom(read, kinds, keys),
  };
}

function attributesFrom(read: readonly Segment[], kinds: readonly Kind[], present: readonly string[]): ScannedKeys {
  const starts = read.flatMap(({ meaning }, from) =>
    meaning?.of === 'attribute' || (meaning?.of === 'item' && meaning.isFirst) ? [{ ...meaning, from }] : [],
  );
  const values = starts.map(({ of, key, from }) => ({
    from,
    count:
      of === 'item' ? read.filter(({ meaning }) => meaning?.of === 'item' && meaning.key === key).length : undefined,
  }));
  return {
    keys: starts.map(({ key }) => key),
    present,
    valueOf(captured, place) {
      const value = values[place];
      if (value === undefined) return undefined;
      const { from, count } = value;
      if (count === undefined) return valueAt(captured, from, kinds);
      if (count === 1) return [valueAt(captured, from, kinds)];
      return Array.from({ length: count }, (_, item) => valueAt(captured, from + item, kinds));
    },
  };
}

function kindOf({ value, meaning }: Segment): Kind {
  if (value === 'number') return 'number';
  return (meaning?.of === 'attribute' || meaning?.of === 'item') && meaning.isNumber ? 'decimal' : 'text';
}

function valueAt(captured: readonly (string | undefined)[], place: number, kinds: readonly Kind[]) {
  const text = place === -1 ? undefined : captured[place + 1];
  if (text === undefined) return undefined;
  switch (kinds[place]) {
    case 'number':
      return Number(text);
    case 'decimal':
      return decimalOf(text);
    case 'text':
    case undefined:
      return text.includes('\\') ? String(JSON.parse(`"${text}"`)) : text;
  }
}

function spanOf(captured: RegExpExecArray, { kinds, members, attributes }: Shape): OtlpSpan {
  // Ids outlive the text they are pieces of, which would stay alive with them: joined and read once, the engine has
  // copied them.
  const ids = `${idAt(captured, members.traceId)}${idAt(captured, members.spanId)}${idAt(captured, members.parentSpanId)}`;
  const hasParent = members.parentSpanId !== -1 && ids.charCodeAt(0) > 0;
  return {
    [STANDARD_IDS]: {
      traceId: ids.slice(0, TRACE_ID_LENGTH),
      spanId: ids.slice(TRACE_ID_LENGTH, TRACE_ID_LENGTH + SPAN_ID_LENGTH),
      parentId: hasParent ? ids.slice(TRACE_ID_LENGTH + SPAN_ID_LENGTH) : undefined,
    },
    name: valueAt(captured, members.name, kinds),
    startTimeUnixNano: valueAt(captured, members.startTimeUnixNano, kinds),
    endTimeUnixNano: valueAt(captured, members.endTimeUnixNano, kinds),
    traceState: valueAt(captured, members.traceState, kinds),
    status: statusOf(captured, members, kinds),
    attributes: { [SCANNED]: attributes, captured } satisfies ScannedAttributes,
  };
}

function statusOf(captured: RegExpExecArray, { status, statusMessage }: Shape['members'], kinds: readonly Kind[]) {
  if (status === -1) return undefined;
  return { code: valueAt(captured, status, kinds), message: valueAt(captured, statusMessage, kinds) };
}

function idAt(captured: RegExpExecArray, place: number): string {
  return place === -1 ? '' : (captured[place + 1] ?? '');
}
