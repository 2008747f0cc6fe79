import { mailboxesIn } from './mailboxes.ts';

/** Whether a value is an e-mail address, or a list of them, each in one of the domains and not in a domain below them. */
export function emailDomainIn(domains: readonly string[]): (value: unknown) => boolean {
  const known = new Set(domains.map((domain) => domain.toLowerCase().replace(/^@/, '')));
  return (value) => {
    if (typeof value !== 'string') return false;
    const addresses = mailboxesIn(value) ?? [];
    return (
      addresses.length > 0 && addresses.every((address) => known.has(address.split('@').at(-1)?.toLowerCase() ?? ''))
    );
  };
}

/** Whether a value is an http or https URL whose host is one of these; `*.example.com` stands for all below it. */
export function urlHostIn(hosts: readonly string[]): (value: unknown) => boolean {
  const wanted = hosts.map((host) => host.toLowerCase());
  const exact = new Set(wanted.filter((host) => !host.startsWith('*.')));
  const below = wanted.filter((host) => host.startsWith('*.')).map((host) => host.slice(1));
  return (value) => {
    const url = typeof value === 'string' && !/[\s\\]/.test(value) ? urlOf(value) : undefined;
    if (url === undefined || (url.protocol !== 'https:' && url.protocol !== 'http:')) return false;
    const host = url.hostname.replace(/\.$/, '');
    return exact.has(host) || below.some((suffix) => host.endsWith(suffix) && host.length > suffix.length);
  };
}

function urlOf(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined;
}

/**
 * Whether a value is a path in one of the folders. `..`, `~`, backslashes, control characters and percent signs are
 * refused rather than understood: what they lead to is decided elsewhere.
 */
export function pathUnder(folders: readonly string[]): (value: unknown) => boolean {
  const roots = folders.map(partsOf);
  return (value) => {
    if (typeof value !== 'string' || value === '' || /[\\\p{Cc}%]|^~/u.test(value)) return false;
    const path = partsOf(value);
    if (path.parts.includes('..')) return false;
    return roots.some(
      (root) => root.isAbsolute === path.isAbsolute && root.parts.every((part, i) => path.parts[i] === part),
    );
  };
}

function partsOf(path: string): { readonly isAbsolute: boolean; readonly parts: readonly string[] } {
  return { isAbsolute: path.startsWith('/'), parts: path.split('/').filter((part) => part !== '' && part !== '.') };
}
