import { describePath, type Path } from './path-text.ts';
import type { ManifestInput } from './schema/manifest-schema.ts';

/** Dotted paths of what the manifest states and no check of this version judges, so that no reader relies on it. */
export function declaredOnly({
  workload,
  knowledge,
  handoff,
  retries,
  traffic,
  tools,
  dependencies,
  sources,
  evidence,
}: ManifestInput): string[] {
  const stated: [Path, unknown][] = [
    [['workload', 'identity'], workload.identity],
    [['knowledge'], knowledge],
    [['handoff'], handoff],
    [['retries'], retries],
    [['traffic', 'peakPerSecond'], traffic.peakPerSecond],
    ...Object.entries(tools === 'none' ? {} : (tools ?? {})).flatMap(([name, { args, undo }]): [Path, unknown][] => [
      [['tools', name, 'args'], args],
      [['tools', name, 'undo'], undo],
    ]),
    ...(dependencies ?? []).map(({ vendor }, i): [Path, unknown] => [['dependencies', i, 'vendor'], vendor]),
    ...(sources ?? []).map(({ window }, i): [Path, unknown] => [['sources', i, 'window'], window]),
    [['evidence', 'runbook'], evidence?.runbook],
    [['evidence', 'waivers'], evidence?.waivers],
  ];
  return stated.filter(([, value]) => value !== undefined).map(([path]) => describePath(path));
}
