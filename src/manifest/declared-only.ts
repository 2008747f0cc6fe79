import { describePath, type Path } from './path-text.ts';
import type { ManifestInput } from './schema/manifest-schema.ts';

/** Dotted paths of what the manifest states and no check of this version judges, so that no reader relies on it. */
export function declaredOnly({ evidence }: ManifestInput): string[] {
  const stated: [Path, unknown][] = [[['evidence', 'waivers'], evidence?.waivers]];
  return stated.filter(([, value]) => value !== undefined).map(([path]) => describePath(path));
}
