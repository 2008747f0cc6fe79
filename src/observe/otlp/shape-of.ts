import { numberEnd, stringEnd } from './json-text.ts';

/** Members of a span that are read besides its attributes, status and events. */
const READ_MEMBERS = [
  'traceId',
  'spanId',
  'parentSpanId',
  'name',
  'startTimeUnixNano',
  'endTimeUnixNano',
  'traceState',
] as const;
type ReadMember = (typeof READ_MEMBERS)[number];

/** What a span is made of. */
export interface SpanShape {
  readonly segments: readonly Segment[];
  /** Every key of its attributes, read or not. */
  readonly keys: readonly string[];
}

/** What a value means to whoever reads spans. */
export type Meaning =
  | { readonly of: ReadMember | 'status' | 'statusMessage' }
  | { readonly of: 'attribute'; readonly key: string; readonly isNumber: boolean }
  /** One value of a list; the list begins where `isFirst`. */
  | { readonly of: 'item'; readonly key: string; readonly isNumber: boolean; readonly isFirst: boolean };

/** A stretch of text that is the same in every span of a shape, and the value that follows it. */
export interface Segment {
  readonly literal: string;
  /** `none` ends the span. */
  readonly value: 'string' | 'number' | 'none';
  /** Undefined = nobody reads the value. */
  readonly meaning: Meaning | undefined;
}

/** Types of an AnyValue that a shape can hold, and whether they are numbers. */
const SCALARS: ReadonlyMap<string, boolean> = new Map([
  ['stringValue', false],
  ['intValue', true],
  ['doubleValue', true],
]);
/** What the protobuf spelling of a span begins its members with; such spans are left to JSON.parse. */
const SNAKE_CASE = /_/;

/** Thrown for spans that have no shape: something in them is read that is neither text nor number. */
class NoShape extends Error {}

/**
 * The shape of a span: its literals and values in order. `text` must be valid JSON. Undefined when the span has a part
 * that is read and that a shape cannot hold: events, structured or boolean attributes, a member twice.
 */
export function shapeOf(text: string, isRead: (key: string) => boolean): SpanShape | undefined {
  try {
    return createShaper(text, isRead).shape();
  } catch (cause) {
    if (cause instanceof NoShape) return undefined;
    throw cause;
  }
}

function createShaper(text: string, isRead: (key: string) => boolean) {
  const segments: Segment[] = [];
  let at = 0;
  let literalFrom = 0;

  const peek = (): string => {
    while (/\s/.test(text.charAt(at))) at += 1;
    return text.charAt(at);
  };
  /** A string as part of the literal. */
  const fixedString = (): string => {
    peek();
    const end = stringEnd(text, at + 1) + 1;
    const value = String(JSON.parse(text.slice(at, end)));
    at = end;
    return value;
  };
  const slot = (value: 'string' | 'number', from: number, end: number, meaning: Meaning | undefined) => {
    segments.push({ literal: text.slice(literalFrom, from), value, meaning });
    literalFrom = end;
    at = value === 'string' ? end + 1 : end;
  };
  /** Any value; scalars become slots. @returns whether it was one */
  const value = (meaning: Meaning | undefined): boolean => {
    const first = peek();
    if (first === '"') slot('string', at + 1, stringEnd(text, at + 1), meaning);
    else if (/[-\d]/.test(first)) slot('number', at, numberEnd(text, at), meaning);
    else if (first === '{') object(() => value(undefined));
    else if (first === '[') list(() => value(undefined));
    else at += first === 'f' ? 'false'.length : 'true'.length; // also null
    return /["\d-]/.test(first);
  };
  const object = (member: (name: string) => void) => {
    const names = new Set<string>();
    at += 1;
    while (peek() !== '}') {
      if (peek() === ',') at += 1;
      const name = fixedString();
      if (names.has(name)) throw new NoShape();
      names.add(name);
      peek();
      at += 1; // the colon
      member(name);
    }
    at += 1;
  };
  const list = (item: (index: number) => void) => {
    at += 1;
    for (let index = 0; peek() !== ']'; index++) {
      if (peek() === ',') at += 1;
      item(index);
    }
    at += 1;
  };
  /** An AnyValue that is read: one scalar, or a list of scalars. */
  const readValue = (key: string) => {
    let members = 0;
    if (peek() !== '{') throw new NoShape();
    object((type) => {
      members += 1;
      peek();
      const isNumber = SCALARS.get(type);
      if (isNumber !== undefined && value({ of: 'attribute', key, isNumber })) return;
      if (type !== 'arrayValue' || text.charAt(at) !== '{') throw new NoShape();
      object((name) => {
        if (name !== 'values' || peek() !== '[') throw new NoShape();
        readItems(key);
      });
    });
    if (members !== 1) throw new NoShape();
  };
  const readItems = (key: string) => {
    let items = 0;
    list((index) => {
      items += 1;
      if (peek() !== '{') throw new NoShape();
      object((type) => {
        peek();
        const isNumber = SCALARS.get(type);
        if (isNumber === undefined || !value({ of: 'item', key, isNumber, isFirst: index === 0 })) throw new NoShape();
      });
    });
    if (items === 0) throw new NoShape();
  };
  const keys: string[] = [];
  const keysRead = new Set<string>();
  const attribute = () => {
    let key: string | undefined;
    if (peek() !== '{') throw new NoShape();
    object((name) => {
      if (name === 'key' && peek() === '"') {
        key = fixedString();
        keys.push(key);
      } else if (name !== 'value' || key === undefined) throw new NoShape();
      else if (isRead(key)) {
        if (keysRead.has(key)) throw new NoShape();
        keysRead.add(key);
        readValue(key);
      } else value(undefined);
    });
  };
  const spanMember = (name: string) => {
    const first = peek();
    const read = READ_MEMBERS.find((member) => member === name);
    if (SNAKE_CASE.test(name)) throw new NoShape();
    if (read !== undefined) {
      if (first !== '"' && !/[-\d]/.test(first)) throw new NoShape();
      value({ of: read });
    } else if (name === 'attributes') {
      if (first !== '[') throw new NoShape();
      list(attribute);
    } else if (name === 'events') {
      list(() => {
        throw new NoShape();
      });
    } else if (name === 'status' && first === '{') {
      object((member) => {
        const of = member === 'code' ? 'status' : member === 'message' ? 'statusMessage' : undefined;
        if (!value(of === undefined ? undefined : { of }) && of !== undefined) throw new NoShape();
      });
    } else value(undefined);
  };

  return {
    shape(): SpanShape {
      if (peek() !== '{') throw new NoShape();
      object(spanMember);
      segments.push({ literal: text.slice(literalFrom, at), value: 'none', meaning: undefined });
      return { segments, keys };
    },
  };
}
