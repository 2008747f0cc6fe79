import { pointerOf } from '../../src/contract/manifest-ref.ts';
import type { Plan } from '../../src/contract/plan.ts';
import type { CallSelector, Flow, ToolTag } from '../../src/contract/tool-policy.ts';
import { type DeclarationFault, type NamedTool, nameSome, toolsOf } from './declaration-faults.ts';

/**
 * Combinations of tools that together let a stranger's text do harm, each tool harmless alone: secrets that can leave
 * once a stranger has been read, and acts that cannot be taken back after one. A flow that forbids the last step after
 * the one before it takes the combination apart; one that lets a human approve does too.
 */
export function toxicCombinations(plan: Pick<Plan, 'tools' | 'flows'>): DeclarationFault[] {
  const tools = toolsOf(plan);
  const [untrusted, secret, egress] = (['untrusted', 'secret', 'egress'] as const).map((tag) => tagged(tools, tag));
  const final = tools.filter(([, { effect }]) => effect === 'irreversible');
  return [...leaks({ untrusted, secret, egress }, plan), ...acts(untrusted, final, plan)];
}

type Tools = readonly NamedTool[] | undefined;

function leaks(by: Readonly<Record<ToolTag, Tools>>, { flows }: Pick<Plan, 'flows'>): DeclarationFault[] {
  const { untrusted = [], secret = [], egress = [] } = by;
  if ([untrusted, secret, egress].some(({ length }) => length === 0)) return [];
  // Forbidding secrets after strangers is not enough: a secret may have been read before.
  if (isForbidden(secret, egress, flows) || isForbidden(untrusted, egress, flows)) return [];
  const text = `${namesOf(untrusted)} (untrusted) can make ${namesOf(egress)} (egress) send out what ${namesOf(secret)} (secret) reads`;
  return [{ kind: 'wrong', text, pointer: pointerOf('tools', egress[0]?.[0] ?? '', 'tags') }];
}

function acts(untrusted: Tools = [], final: readonly NamedTool[], { flows }: Pick<Plan, 'flows'>): DeclarationFault[] {
  const open = final.filter((tool) => untrusted.length > 0 && !isForbidden(untrusted, [tool], flows));
  return open.map(([name]) => ({
    kind: 'wrong',
    text: `${namesOf(untrusted)} (untrusted) can make ${nameSome([name])} (irreversible) act`,
    pointer: pointerOf('tools', name, 'effect'),
  }));
}

/** Whether for each tool of the first kind and each of the second some flow forbids the one after the other. */
function isForbidden(after: readonly NamedTool[], last: readonly NamedTool[], flows: readonly Flow[] = []): boolean {
  return after.every((first) =>
    last.every((second) =>
      flows.some((flow) => flow.type === 'forbid' && selects(flow.after, first) && selects(flow.forbid, second)),
    ),
  );
}

/** Whether a selector of a flow means this tool. */
export function selects(selector: CallSelector, [name, { tags = [] }]: NamedTool): boolean {
  return selector.type === 'tool' ? selector.tool === name : tags.includes(selector.tag);
}

function tagged(tools: readonly NamedTool[], tag: ToolTag): readonly NamedTool[] {
  return tools.filter((tool) => selects({ type: 'tag', tag }, tool));
}

function namesOf(tools: readonly NamedTool[]): string {
  return nameSome(tools.map(([name]) => name));
}
