import type { Inspection } from '../contract/inspection.ts';
import { canonicalJson, parseWithBigInt } from '../contract/json.ts';
import type { Plan } from '../contract/plan.ts';
import { inspectWorkload } from '../inspect/inspect-workload.ts';
import { matchingFiles } from '../manifest/matching-files.ts';
import { CHECKS } from './catalogue.ts';
import { lastChanges } from './git.ts';
import type { LoadedPlan } from './load-plan.ts';
import type { ServedTools } from './tools/served-tools.ts';

/** Looks at the files and asks the tool servers that the manifest names, when a planned check rests on them; undefined = none does. */
export async function inspectFiles(
  { plan, root }: LoadedPlan,
  tools: Omit<ServedTools, 'root'>,
): Promise<Inspection | undefined> {
  const inspecting = new Set<string>(
    CHECKS.filter(({ inspects }) => inspects !== undefined).map(({ meta }) => meta.id),
  );
  const isNeeded = plan.checks.some(({ id, notApplicable }) => notApplicable === undefined && inspecting.has(id));
  if (!isNeeded) return undefined;
  const seen = await inspectWorkload(plan, {
    root,
    list: async (pattern) => (await matchingFiles(root, pattern)).files,
    history: (paths) => lastChanges(root, paths),
    redact: tools.redact,
    // The parsers of two languages are loaded only where code is declared.
    scan: async (paths) => (await import('../inspect/scan/scan-code.ts')).scanCode({ root, paths }),
    ...(await servedTools(plan, { root, ...tools })),
  });
  // Judged as a bundle gives it back, or a verifier would read names in another order than the judge did.
  return parseWithBigInt(canonicalJson(seen)) as Inspection;
}

/** The client for tool servers is loaded only where there is something for it to do. */
async function servedTools(plan: Plan, tools: ServedTools): Promise<Pick<Inspection, 'lock' | 'served'>> {
  if (plan.lock === undefined && Object.keys(plan.mcp).length === 0) return { lock: undefined, served: {} };
  return (await import('./tools/served-tools.ts')).inspectServed(plan, tools);
}
