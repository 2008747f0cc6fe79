import { createRedactor } from '../redaction.ts';

/**
 * Two hex digits: values of one conversation can mostly be told apart, and what they were cannot be searched although
 * the key is known to everybody.
 */
const TOKEN_DIGITS = 2;

/**
 * The redaction of cassettes. Its key is the same everywhere, because a request that is replayed later, elsewhere, must be
 * redacted like the recorded one to be found.
 */
export const redactForCassette: (text: string) => string = createRedactor(new Uint8Array(32), TOKEN_DIGITS);
