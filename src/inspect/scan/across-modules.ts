import type { CodeFinding } from '../../contract/inspection.ts';
import { foundText } from './found-text.ts';
import type { ModuleSummary } from './module-summary.ts';

/** Findings that take more than one module to see. */
export function findingsAcross(modules: readonly ModuleSummary[]): CodeFinding[] {
  const gatewayRepeats = modules.some(({ group, repeats }) => group === undefined && repeats);
  return (['javascript', 'python'] as const).flatMap((language) => {
    const group = modules.filter((module) => module.group === language);
    return [
      ...scattered(group),
      ...(gatewayRepeats || group.some(({ repeats }) => repeats)
        ? []
        : group.flatMap((module) => module.unlessRepeated)),
      ...(group.some(({ hasQuietClient }) => hasQuietClient)
        ? []
        : group.flatMap((module) => module.unlessQuietClient)),
    ];
  });
}

/** One module may call a provider: the first by path that makes a client, or else the first, is taken for the adapter. */
function scattered(modules: readonly ModuleSummary[]): CodeFinding[] {
  const uses = modules.flatMap(({ providers }) => providers);
  const adapters = new Map<string, string>();
  for (const { provider, finding } of [...uses.filter(({ makesClient }) => makesClient), ...uses]) {
    if (!adapters.has(provider)) adapters.set(provider, finding.path);
  }
  return uses.flatMap(({ provider, finding }): CodeFinding[] => {
    const adapter = adapters.get(provider);
    return adapter === finding.path ? [] : [{ ...finding, found: foundText(`${provider}, also called in ${adapter}`) }];
  });
}
