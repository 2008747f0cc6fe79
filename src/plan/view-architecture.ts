import { approvalText } from '../contract/approval-text.ts';
import type { ArchitectureView, Authority, OpenQuestion, ViewSinglePoint } from '../contract/architecture-view.ts';
import { manifestRef, pointerOf } from '../contract/manifest-ref.ts';
import type { Plan } from '../contract/plan.ts';
import { providerId } from '../contract/provider-name.ts';
import { architectureGraph } from './architecture-nodes.ts';
import { openQuestions } from './open-questions.ts';

export interface ViewInput {
  readonly plan: Plan;
  /** As named by the user. */
  readonly manifest: string;
  readonly singlePoints: readonly ViewSinglePoint[];
  /** Providers that the code calls, with a place each; undefined = no code was looked at. */
  readonly providersInCode: readonly ProviderInCode[] | undefined;
}

/** A provider that source code names. */
export interface ProviderInCode {
  readonly provider: string;
  /** `path:line`. */
  readonly at: string;
}

/** The architecture as declared, and where the code says otherwise. Pure. */
export function viewArchitecture({ plan, manifest, singlePoints, providersInCode }: ViewInput): ArchitectureView {
  const { name, owner, lane, autonomy } = plan.workload;
  return {
    schemaVersion: 1,
    manifest,
    workload: { name, owner, lane, autonomy },
    authority: authorityOf(plan),
    ...architectureGraph(plan),
    singlePoints,
    questions: [...openQuestions(plan), ...ofCode(plan, providersInCode)],
  };
}

function authorityOf(plan: Plan): ArchitectureView['authority'] {
  const { tools, workload } = plan;
  if (tools === undefined || tools === 'none') return tools;
  return Object.entries(tools).map(
    ([tool, policy]): Authority => ({
      tool,
      effect: policy.effect,
      approval: approvalText(policy),
      principal: workload.identity?.principal,
      line: manifestRef(plan, pointerOf('tools', tool)).line,
    }),
  );
}

/** Providers that the code calls and the manifest does not declare. */
function ofCode(plan: Plan, found: ViewInput['providersInCode']): OpenQuestion[] {
  const line = manifestRef(plan, '/models').line;
  if (found === undefined) {
    const question = 'Does the code call what is declared here, and nothing else?';
    return [{ question, answer: 'declare workload.code, so that it is looked at', line }];
  }
  const declared = [plan.models.primary, ...plan.models.fallback];
  const undeclared = found.filter(
    ({ provider }) => !declared.some((route) => providerId(route.provider) === providerId(provider)),
  );
  const firsts = undeclared.filter(
    ({ provider }, i) => undeclared.findIndex((other) => other.provider === provider) === i,
  );
  return firsts.map(({ provider, at }) => ({
    question: `Why does the code call ${provider}, which is not declared (${at})?`,
    answer: 'declare the model, or remove the call',
    line,
  }));
}
