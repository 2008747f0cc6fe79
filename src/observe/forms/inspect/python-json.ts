import { jsonValue } from '../../../contract/json-value.ts';
import { stringEnd } from '../../otlp/json-text.ts';

/** What Python writes where a number is none, such as the mean of no scores, and JSON does not have. */
const NO_NUMBER = /-?\b(?:NaN|Infinity)\b/g;

/** The value of a JSON text as Python writes it, with null where a number is none; undefined when it is no JSON. */
export function pythonJson(text: string): unknown {
  return jsonValue(text) ?? jsonValue(withoutNoNumbers(text));
}

function withoutNoNumbers(text: string): string {
  const parts: string[] = [];
  for (let from = 0; from < text.length; ) {
    const quote = text.indexOf('"', from);
    const end = quote === -1 ? -1 : stringEnd(text, quote + 1);
    parts.push((quote === -1 ? text.slice(from) : text.slice(from, quote)).replaceAll(NO_NUMBER, 'null'));
    if (quote === -1 || end === -1) break;
    parts.push(text.slice(quote, end + 1));
    from = end + 1;
  }
  return parts.join('');
}
