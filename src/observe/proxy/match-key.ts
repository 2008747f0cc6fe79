import { createHash } from 'node:crypto';
import { canonicalJson } from '../../contract/json.ts';
import { isObject } from '../otlp/any-value.ts';
import type { WireApi } from '../wire/wire-api.ts';
import { withTexts } from './with-texts.ts';

/** Members that differ between equal requests, or change nothing about the answer. */
const VOLATILE = ['user', 'metadata', 'seed', 'stream_options', 'safety_identifier', 'prompt_cache_key'];

/**
 * SHA-256, in hex, of what a request asks for, as canonical JSON of its redacted body. Redacted, because a replayed
 * answer is redacted too, and the next request of the conversation repeats it.
 * @param redact idempotent
 */
export function matchKey(api: WireApi, body: unknown, redact: (text: string) => string): string {
  const kept = isObject(body)
    ? Object.fromEntries(Object.entries(body).filter(([name]) => !VOLATILE.includes(name)))
    : body;
  return createHash('sha256')
    .update(`${api}\n${canonicalJson(withTexts(kept, redact))}`)
    .digest('hex');
}
