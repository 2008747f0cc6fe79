import { visible } from '../../contract/visible-text.ts';
import type { Path } from './module-facts.ts';

/** Longest `found`, in UTF-16 units. */
const LONGEST = 80;
/** Keys of model providers, clouds and forges, by their published prefixes, and anything that long without a break. */
const SECRET =
  /(?:\bsk-|\bpk-|\bAIza|\bA[KS]IA|\bgh[pousr]_|\bgithub_pat_|\bxox[abeoprs]-|\bgsk_|\bxai-|\beyJ)[A-Za-z0-9_-]{8,}|[A-Za-z0-9+]{48,}/g;
const ACCOUNT = /(?<=^arn:[^:]*:[^:]*:[^:]*:)\d{12}(?=:)/;

/** Outside text as a finding shows it: one line, nothing hidden, no key, no account number, at most 80 units. */
export function foundText(text: string): string {
  // Cut before and after: what is made visible grows, and a megabyte need not be.
  const shown = visible(
    text
      .slice(0, LONGEST * 4)
      .replace(SECRET, '…')
      .replace(ACCOUNT, '…'),
  );
  return shown.length <= LONGEST ? shown : `${shown.slice(0, LONGEST - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}

/** A path without the calls in it: `client.with_options().chat` is `client.with_options.chat`. */
export function shown(path: Path): string {
  return path.replaceAll('()', '');
}
