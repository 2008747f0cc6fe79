import { createHmac } from 'node:crypto';
import { MAY_BE_SENSITIVE, REDACTION_RULES, type RedactionRule } from './redaction-rules.ts';

/** Hex digits of a token: enough to tell the values of one bundle apart, too few to search the value. */
const TOKEN_DIGITS = 8;

/**
 * Replaces secrets and personal data by tokens such as `[email:9f2c1a7d]`. Equal values give equal tokens under one
 * key, however an account, card or telephone number is grouped, so a reviewer sees that two steps used the same address
 * without learning it; another key gives other tokens.
 * Idempotent, and linear in the length of the text.
 * @param tokenDigits hex digits of a token; fewer where the key is no secret
 */
export function createRedactor(key: Uint8Array, tokenDigits = TOKEN_DIGITS): (text: string) => string {
  const token = (kind: string, value: string): string => {
    const digest = createHmac('sha256', key)
      .update(`${kind}\0${sameFor(kind, value)}`)
      .digest('hex');
    return `[${kind}:${digest.slice(0, tokenDigits)}]`;
  };
  return (text) => {
    if (!MAY_BE_SENSITIVE.some((test) => test.test(text))) return text;
    // Again until nothing is found: a token ends what stood glued to the next secret and hid its beginning.
    let [before, redacted] = ['', text];
    while (redacted !== before) {
      before = redacted;
      for (const rule of REDACTION_RULES) redacted = replaceAll(redacted, rule, token);
    }
    return redacted;
  };
}

/** One account, card or address is written in several ways; a secret in one. */
function sameFor(kind: string, value: string): string {
  if (kind === 'email') return value.toLowerCase();
  return WRITTEN_IN_WAYS.has(kind) ? value.replace(/[ .()/-]/g, '').toUpperCase() : value;
}

const WRITTEN_IN_WAYS: ReadonlySet<string> = new Set(['iban', 'card', 'ssn', 'phone']);

function replaceAll(text: string, rule: RedactionRule, token: (kind: string, value: string) => string): string {
  let replaced = '';
  let from = 0;
  rule.find.lastIndex = 0;
  for (let match = rule.find.exec(text); match !== null; match = rule.find.exec(text)) {
    const length = rule.measure === undefined ? match[0].length : rule.measure(text, match.index);
    if (length === 0) continue;
    const end = match.index + length;
    replaced += text.slice(from, match.index) + token(rule.kind, text.slice(match.index, end));
    from = end;
    rule.find.lastIndex = end;
  }
  return from === 0 ? text : replaced + text.slice(from);
}
