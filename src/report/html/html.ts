import { visible } from '../../contract/visible-text.ts';

const MARKUP = Symbol('markup');

/** Markup that is written as it is. Outside data cannot forge one: the key is a symbol of this module. */
export interface Safe {
  readonly [MARKUP]: string;
}

type Value = Safe | string | number | readonly Value[];

/** Markup from a template: every value is escaped unless it is `Safe` itself. Attribute values must be quoted. */
export function html(parts: TemplateStringsArray, ...values: readonly Value[]): Safe {
  return { [MARKUP]: parts.map((part, i) => part + write(values[i] ?? '')).join('') };
}

/** A constant of this program as it is, such as its style sheet. Never outside text. */
export function verbatim(constant: string): Safe {
  return { [MARKUP]: constant };
}

export function markupOf(safe: Safe): string {
  return safe[MARKUP];
}

function write(value: Value): string {
  if (typeof value === 'string' || typeof value === 'number') return escapeText(String(value));
  return isList(value) ? value.map(write).join('') : value[MARKUP];
}

function isList(value: Safe | readonly Value[]): value is readonly Value[] {
  return Array.isArray(value);
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '`': '&#96;',
};

function escapeText(text: string): string {
  return visible(text).replace(/[&<>"'`]/g, (character) => ENTITIES[character] ?? '');
}
