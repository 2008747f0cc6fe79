import { isObject, type JsonObject } from '../../otlp/any-value.ts';
import { objectIn } from '../fields.ts';

/** Puts back what a log keeps beside the events: texts longer than a hundred characters. */
export interface Attachments {
  /** The value with every reference in it replaced; undefined when one leads nowhere, because then it is not recorded. */
  resolved(value: unknown): unknown;
}

/** `tc://` until 0.3.43. */
const REFERENCE = /^(?:attachment|tc):\/\/(.+)$/;
const MAX_DEPTH = 32;

export function createAttachments(sample: JsonObject, onMissing: () => void): Attachments {
  const texts = objectIn(sample, 'attachments') ?? objectIn(objectIn(sample, 'transcript'), 'content') ?? {};
  let isMissing = false;
  const visit = (value: unknown, depth: number): unknown => {
    if (typeof value === 'string') return textOf(value);
    if (depth > MAX_DEPTH || typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) return value.map((item) => visit(item, depth + 1));
    if (!isObject(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, visit(member, depth + 1)]));
  };
  const textOf = (text: string): string => {
    const name = REFERENCE.exec(text)?.[1];
    if (name === undefined) return text;
    const found = Object.hasOwn(texts, name) ? texts[name] : undefined;
    if (typeof found === 'string') return found;
    isMissing = true;
    return text;
  };
  return {
    resolved(value) {
      isMissing = false;
      const whole = visit(value, 0);
      if (isMissing) onMissing();
      return isMissing ? undefined : whole;
    },
  };
}
