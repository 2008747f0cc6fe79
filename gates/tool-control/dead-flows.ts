import { canonicalJson } from '../../src/contract/json.ts';
import { pointerOf } from '../../src/contract/manifest-ref.ts';
import { showName } from '../../src/contract/name-counts.ts';
import type { Plan } from '../../src/contract/plan.ts';
import type { CallSelector, Flow } from '../../src/contract/tool-policy.ts';
import { type DeclarationFault, toolsOf } from './declaration-faults.ts';
import { selects } from './toxic-pairs.ts';

/** Flows that can never say anything: about no declared tool, or about what an earlier one decides already. */
export function deadFlows(plan: Pick<Plan, 'flows' | 'tools'>): DeclarationFault[] {
  const { flows = [] } = plan;
  const tools = toolsOf(plan);
  return flows.flatMap((flow, i): DeclarationFault[] => {
    const pointer = pointerOf('flows', i);
    const nobody = selectorsOf(flow).find((selector) => !tools.some((tool) => selects(selector, tool)));
    if (nobody !== undefined) {
      return [{ kind: 'wrong', text: `flow ${showName(flow.id)} matches nothing: ${describe(nobody)}`, pointer }];
    }
    const other = flows.find((one, at) => at !== i && shadows(one, flow) && (at < i || !shadows(flow, one)));
    if (other === undefined) return [];
    return [{ kind: 'wrong', text: `flow ${showName(flow.id)} adds nothing to ${showName(other.id)}`, pointer }];
  });
}

/** Which calls a flow is about. */
export function selectorsOf(flow: Flow): readonly CallSelector[] {
  switch (flow.type) {
    case 'forbid':
      return [flow.after, flow.forbid];
    case 'require':
      return [flow.require, flow.before];
    case 'at-most':
      return flow.of === undefined ? [] : [flow.of];
  }
}

function describe(selector: CallSelector): string {
  return selector.type === 'tool'
    ? `${showName(selector.tool)} is not declared`
    : `no tool has the tag ${selector.tag}`;
}

/** Whether everything that the second refuses is refused by the first. */
function shadows(first: Flow, second: Flow): boolean {
  if (first.type !== second.type || canonicalJson(selectorsOf(first)) !== canonicalJson(selectorsOf(second)))
    return false;
  if (first.type === 'forbid' && second.type === 'forbid') return !first.unlessApproved || second.unlessApproved;
  if (first.type === 'require' && second.type === 'require')
    return second.same.every((arg) => first.same.includes(arg));
  if (first.type !== 'at-most' || second.type !== 'at-most') return false;
  // Counting all calls refuses more than counting those that are alike.
  return first.calls <= second.calls && (!first.identical || second.identical);
}
