/**
 * Credentials that give themselves away by their form: model providers, clouds, code hosts, chat, JSON web tokens and
 * private keys. Source: the providers' published prefixes, read 2026-11-21. Whatever else is secret is not recognised.
 */
const SECRET = new RegExp(
  [
    '-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----[\\s\\S]*?(?:-----END [A-Z ]{0,30}PRIVATE KEY-----|$)',
    '\\bsk-(?:ant|proj|or|svcacct|admin|lf)-[\\w-]{16,}',
    '\\bsk-[A-Za-z0-9]{20,}',
    '\\b(?:AKIA|ASIA)[0-9A-Z]{16}\\b',
    '\\bAIza[\\w-]{35}',
    '\\bgh[opsur]_[A-Za-z0-9]{36,}',
    '\\bgithub_pat_\\w{22,}',
    '\\bglpat-[\\w-]{20,}',
    '\\bxox[abeprs]-[A-Za-z0-9-]{10,}',
    '\\bhf_[A-Za-z0-9]{30,}',
    '\\b(?:gsk_|xai-|pplx-|r8_)[A-Za-z0-9]{36,}',
    '\\beyJ[\\w-]{10,}\\.eyJ[\\w-]{10,}\\.[\\w-]{10,}',
  ].join('|'),
  'g',
);

export function holdsSecret(text: string): boolean {
  return text.search(SECRET) !== -1;
}

/** The same text, as long as before, with every recognised secret but its first three characters starred out. */
export function maskSecrets(text: string): string {
  return text.replace(SECRET, (secret) => secret.slice(0, 3) + secret.slice(3).replace(/[^\r\n]/g, '*'));
}
