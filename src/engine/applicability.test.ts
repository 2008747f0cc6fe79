import { describe, expect, it } from 'vitest';
import type { Subject } from '../contract/check.ts';
import type { Plan, PlannedCheck } from '../contract/plan.ts';
import { aPlan } from '../dev/testing/builders.ts';
import { aProbePlan } from '../dev/testing/probes.ts';
import { whyNotApplicable } from './applicability.ts';

const why = (subject: Subject, plan: Partial<Plan> = {}, origins: PlannedCheck['origins'] = {}) =>
  whyNotApplicable(subject, aPlan(plan), origins);
const workload = aPlan().workload;
const models = aPlan().models;
const document = {
  name: 'policy',
  path: 'docs/policy.md',
  maxAgeMs: undefined,
  isCited: false,
  citation: undefined,
  assertion: undefined,
};

describe('whyNotApplicable', () => {
  it.each<[Subject, Partial<Plan>]>([
    ['every-workload', {}],
    ['write-tools', { tools: undefined }],
    ['write-tools', { tools: { wire: { effect: 'irreversible', approve: 'always' } } }],
    ['release-stage', {}],
    ['fallback', {}],
    ['handoff', { handoff: { queue: 'desk', perHour: undefined, withinMs: undefined, tool: undefined } }],
    ['knowledge', { knowledge: [document] }],
    ['people', {}],
    ['people', { workload: { ...workload, audience: 'customers' } }],
    ['drilled-writes', { killSwitch: { command: ['stop'], withinMs: 1, restore: undefined } }],
    ['privilege-probe', { live: aProbePlan('privilege').live }],
    ['baseline', { baseline: { runId: 'r', evaluatedAt: 'e', artifactsDigest: 'd' } }],
  ])('has something to judge for %s', (subject, plan) => {
    expect(why(subject, plan)).toBeUndefined();
  });

  it.each<[Subject, Partial<Plan>, string]>([
    ['write-tools', { tools: 'none' }, 'the manifest declares tools: none'],
    ['write-tools', { tools: { find: { effect: 'read', approve: 'never' } } }, 'every declared tool has effect: read'],
    ['release-stage', { stage: 'pr' }, 'judged at the release stage; at pr the digests decide'],
    ['fallback', { models: { ...models, fallback: [] } }, 'the manifest declares no fallback'],
    ['handoff', {}, 'the manifest declares no handoff'],
    ['knowledge', {}, 'the manifest declares no knowledge'],
    ['knowledge', { knowledge: 'none' }, 'the manifest declares knowledge: none'],
    ['people', { workload: { ...workload, audience: 'systems' } }, 'the manifest declares audience: systems'],
    ['drilled-writes', {}, 'the manifest declares neither drills nor a kill switch'],
    ['drilled-writes', { tools: 'none' }, 'the manifest declares tools: none'],
    ['baseline', {}, 'no baseline was given (--baseline)'],
    ['privilege-probe', {}, 'the manifest asks for no probe privilege (live.probes)'],
    [
      'injection-probe',
      { live: aProbePlan('privilege').live },
      'the manifest asks for no probe injection (live.probes)',
    ],
  ])('says which declaration leaves %s with nothing to judge', (subject, plan, said) => {
    expect(why(subject, plan)).toBe(said);
  });

  it('asks for nothing where every limit is a default, and for something once anybody sets one', () => {
    const built = { layer: 'default', at: undefined } as const;
    expect(why('set-limit')).toBe('neither policy nor manifest sets a limit for it');
    expect(why('set-limit', {}, { p95: built })).toBe('neither policy nor manifest sets a limit for it');
    expect(why('set-limit', {}, { p95: built, p99: { layer: 'manifest', at: 'aigate.yaml:9' } })).toBeUndefined();
    expect(why('set-limit', {}, { p95: { layer: 'policy', at: 'policy.yaml:4' } })).toBeUndefined();
    expect(why('baseline', {}, { increase: { layer: 'policy', at: 'policy.yaml:4' } })).toBeUndefined();
  });
});
