import type { Subject } from '../contract/check.ts';
import type { Plan, PlannedCheck } from '../contract/plan.ts';
import { PROBE_KINDS } from '../contract/probe.ts';
import { whyNoTools } from './tool-subjects.ts';

/** What applicability is computed from. */
export type Applicable = Pick<
  Plan,
  | 'live'
  | 'userHarm'
  | 'tools'
  | 'flows'
  | 'stage'
  | 'models'
  | 'handoff'
  | 'knowledge'
  | 'workload'
  | 'baseline'
  | 'drills'
  | 'killSwitch'
  | 'mcp'
  | 'lock'
>;

/** Who set the limits of the check. */
type Origins = PlannedCheck['origins'];

/**
 * Why a check with this subject has nothing to judge, or undefined when it has. Computed from declarations,
 * so that no check can excuse itself.
 */
export function whyNotApplicable(subject: Subject, plan: Applicable, origins: Origins): string | undefined {
  switch (subject) {
    case 'every-workload':
      return undefined;
    case 'set-limit':
      return isAsked(origins) ? undefined : 'neither policy nor manifest sets a limit for it';
    case 'tools':
    case 'write-tools':
    case 'irreversible-tools':
    case 'scopes':
    case 'call-limits':
    case 'argument-rules':
    case 'argument-schemas':
    case 'value-origins':
    case 'approval-bindings':
    case 'flows':
    case 'plan-flows':
      return whyNoTools(subject, plan);
    case 'release-stage':
      return plan.stage === 'release' ? undefined : 'judged at the release stage; at pr the digests decide';
    case 'fallback':
      return plan.models.fallback.length > 0 ? undefined : 'the manifest declares no fallback';
    case 'handoff':
      return plan.handoff === undefined ? 'the manifest declares no handoff' : undefined;
    case 'knowledge':
      return whyNoKnowledge(plan.knowledge);
    case 'people':
      return plan.workload.audience === 'systems' ? 'the manifest declares audience: systems' : undefined;
    case 'baseline':
      // Who sets a limit asks for the comparison: leaving the baseline away must not answer it.
      return plan.baseline !== undefined || isAsked(origins) ? undefined : 'no baseline was given (--baseline)';
    case 'drills':
      return plan.drills !== undefined || isAsked(origins) ? undefined : 'the manifest declares no drills';
    case 'user-harm':
      return plan.userHarm !== undefined || isAsked(origins) ? undefined : 'the manifest declares no userHarm';
    case 'judge':
      return plan.live?.judge !== undefined || isAsked(origins)
        ? undefined
        : 'the manifest declares no judge (live.judge)';
    case 'load':
      return plan.live?.load !== undefined || isAsked(origins)
        ? undefined
        : 'the manifest declares no load (live.load)';
    case 'drilled-writes':
      return whyNoTools('write-tools', plan) ?? whyNotToBeStopped(plan, origins);
    case 'mcp-servers':
      return Object.keys(plan.mcp).length > 0 ? undefined : 'the manifest declares no MCP servers';
    case 'lock':
      return plan.lock !== undefined || isAsked(origins) ? undefined : 'the manifest declares no lock';
    case 'privilege-probe':
    case 'argument-overflow-probe':
    case 'approval-bypass-probe':
    case 'read-only-probe':
    case 'endless-errors-probe':
    case 'injection-probe':
      return whyNoProbe(subject, plan, origins);
  }
}

function whyNoProbe(subject: Subject, { live }: Applicable, origins: Origins): string | undefined {
  const asked = PROBE_KINDS.find((kind) => `${kind}-probe` === subject);
  if (isAsked(origins) || live?.probes?.kinds.some((kind) => kind === asked)) return undefined;
  return `the manifest asks for no probe ${asked} (live.probes)`;
}

function whyNotToBeStopped({ drills, killSwitch }: Applicable, origins: Origins): string | undefined {
  if (drills !== undefined || killSwitch !== undefined || isAsked(origins)) return undefined;
  return 'the manifest declares neither drills nor a kill switch';
}

function isAsked(origins: Origins): boolean {
  return Object.values(origins).some(({ layer }) => layer !== 'default');
}

function whyNoKnowledge(knowledge: Plan['knowledge']): string | undefined {
  if (knowledge === undefined) return 'the manifest declares no knowledge';
  return knowledge === 'none' ? 'the manifest declares knowledge: none' : undefined;
}
