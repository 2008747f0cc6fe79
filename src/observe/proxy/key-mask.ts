import type { LiveProvider } from './live-provider.ts';

/** A shorter one would take ordinary words for keys. */
const SHORTEST_KEY = 8;

/** The keys that providers are shown. */
export function keysOf(providers: Readonly<Record<string, LiveProvider>>): readonly string[] {
  const values = Object.values(providers).flatMap(({ keyHeaders }) => Object.values(keyHeaders));
  return values.map((value) => value.replace(/^Bearer /, ''));
}

/**
 * Replaces keys by `[key]`, whatever they look like, as they are and as they stand in JSON: providers and programs repeat
 * them in their messages. To be put before every other redaction. Idempotent.
 */
export function keyMask(keys: readonly string[]): (text: string) => string {
  const long = keys.filter(({ length }) => length >= SHORTEST_KEY);
  const written = long.flatMap((key) => [key, JSON.stringify(key).slice(1, -1)]);
  // The longest first: one may begin like another.
  const ordered = [...new Set(written)].sort((a, b) => b.length - a.length);
  return (text) => ordered.reduce((masked, key) => masked.replaceAll(key, '[key]'), text);
}
