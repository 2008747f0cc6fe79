import { compileArgumentRules } from '../annotate/tools/assess-arguments.ts';
import { AigateError } from '../contract/errors.ts';
import type { Manifest } from '../contract/manifest.ts';
import type { ToolRule } from '../contract/tool-policy.ts';
import { type ManifestFault, manifestFaults } from '../manifest/manifest-fault.ts';
import type { SourceFile } from '../manifest/source-file.ts';

/**
 * Compiles every pattern, schema and expression of the tools, so that one that does not compile is named at its place.
 * @throws AigateError CONFIG_INVALID with all of them
 */
export async function refuseBrokenRules(source: SourceFile, { tools }: Pick<Manifest, 'tools'>): Promise<void> {
  const faults: ManifestFault[] = [];
  for (const [tool, policy] of Object.entries(typeof tools === 'object' ? tools : {})) {
    for (const rule of policy.rules ?? []) {
      const path = placeOf(rule);
      if (path === undefined) continue;
      const message = await whyBroken({ [tool]: { ...policy, rules: [rule] } });
      if (message !== undefined) faults.push({ path: ['tools', tool, ...path], message });
    }
  }
  if (faults.length > 0) throw manifestFaults(source, faults);
}

/** Where a rule that has to be compiled stands below its tool; undefined for all others. */
function placeOf(rule: ToolRule): readonly string[] | undefined {
  switch (rule.kind) {
    case 'argument':
      return rule.op === 'matches' ? ['args', rule.arg, rule.op] : undefined;
    case 'schema':
      return ['schema'];
    case 'when':
      return ['when'];
    case 'approve-when':
      return ['approve', 'when'];
    case 'provenance':
    case 'destinations':
    case 'same-as-call':
    case 'confirmed':
      return undefined;
  }
}

async function whyBroken(tools: Parameters<typeof compileArgumentRules>[0]): Promise<string | undefined> {
  try {
    await compileArgumentRules(tools);
    return undefined;
  } catch (cause) {
    if (!(cause instanceof AigateError)) throw cause;
    // Compilers draw the place below their message; the place in the manifest is shown instead.
    return cause.message.split('\n', 1)[0]?.trimEnd();
  }
}
