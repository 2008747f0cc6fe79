import { describe, expect, it } from 'vitest';
import type { Step, ToolCall } from '../../src/contract/run.ts';
import { TOLD_ERROR } from '../../src/contract/told-error.ts';
import type { Flow } from '../../src/contract/tool-policy.ts';
import { anApproval, aPlan, aRun, aToolCall } from '../../src/dev/testing/builders.ts';
import { flowBreaches } from './flow-breaches.ts';

const named = (tool: string) => ({ type: 'tool', tool }) as const;
const call = (tool: string, overrides: Partial<ToolCall> = {}) =>
  aToolCall({ tool, callId: undefined, startMs: undefined, durationMs: undefined, ...overrides });
const ALL = new Set(['forbid', 'require', 'at-most'] as const);
const judged = (flow: Flow, ...steps: Step[]) =>
  flowBreaches(aRun({ steps }), aPlan({ flows: [flow] }), ALL).map(({ standing }) => standing);

const leak: Flow = { type: 'forbid', id: 'leak', after: named('read'), forbid: named('send'), unlessApproved: false };
const planned: Flow = { type: 'require', id: 'p', require: named('plan'), before: named('apply'), same: ['id'] };
const twice: Flow = { type: 'at-most', id: 't', calls: 2, of: undefined, identical: true };
const [id1, id2] = [{ args: '{"id":1}' }, { args: '{"id":2}' }];

describe('flowBreaches', () => {
  it('finds nothing without flows or calls', () => {
    expect(flowBreaches(aRun({ steps: [call('send')] }), aPlan(), ALL)).toEqual([]);
    expect(judged(leak)).toEqual([]);
  });

  it('forbids every later call once the first kind succeeded', () => {
    expect(judged(leak, call('send'), call('read', { error: 'x' }), call('send'), call('read'), call('send'))).toEqual([
      'held',
      'held',
      'breached',
    ]);
  });

  it('takes the words of an answer that tells of an error for what they are, an answer', () => {
    expect(judged(leak, call('read', { error: TOLD_ERROR }), call('send'))).toEqual(['breached']);
    expect(judged(planned, call('plan', { ...id1, error: TOLD_ERROR }), call('apply', id1))).toEqual(['breached']);
  });

  it('leaks no secret after a read that told of an error', () => {
    const tools = (tag: 'secret' | 'untrusted') =>
      ({
        read: { effect: 'read', approve: 'never', tags: [tag] },
        send: { effect: 'write', approve: 'always' },
      }) as const;
    const afterTag = (tag: 'secret' | 'untrusted') => {
      const flow: Flow = { ...leak, after: { type: 'tag', tag } };
      const steps = [call('read', { error: TOLD_ERROR }), call('send')];
      return flowBreaches(aRun({ steps }), aPlan({ flows: [flow], tools: tools(tag) }), ALL)[0]?.standing;
    };
    expect([afterTag('secret'), afterTag('untrusted')]).toEqual(['held', 'breached']);
  });

  it('lets no call trigger itself', () => {
    const itself: Flow = { ...leak, after: named('send') };
    expect(judged(itself, call('send'), call('send'))).toEqual(['held', 'breached']);
  });

  it('takes an approval where the flow allows one, and only then', () => {
    const steps = [call('read'), anApproval({ tool: 'send', startMs: undefined }), call('send')];
    expect(judged({ ...leak, unlessApproved: true }, ...steps)).toEqual(['held']);
    expect(judged(leak, ...steps)).toEqual(['breached']);
    expect(judged({ ...leak, unlessApproved: true }, call('send'), ...steps)).toEqual(['held', 'held']);
  });

  it('gives tools that are named like members of every object no tags', () => {
    const tagged: Flow = { ...leak, forbid: { type: 'tag', tag: 'egress' } };
    expect(judged(tagged, call('read'), call('constructor'), call('__proto__'))).toEqual([]);
  });

  it('wants the same values in one earlier call, whichever', () => {
    expect(judged(planned, call('plan', id1), call('plan', id2), call('apply', id1))).toEqual(['held']);
    expect(judged(planned, call('plan', id1), call('apply', id2))).toEqual(['breached']);
  });

  it('does not know what an earlier call planned whose arguments are lost', () => {
    expect(judged(planned, call('plan', { args: undefined }), call('apply', id1))).toEqual(['unknown']);
    expect(judged(planned, call('plan', { args: '{"id":' }), call('plan', id1), call('apply', id1))).toEqual(['held']);
  });

  it('takes no call for an earlier one that had not ended', () => {
    const plan = call('plan', { ...id1, startMs: 0, durationMs: 10 });
    expect(judged(planned, plan, call('apply', { ...id1, startMs: 9 }))).toEqual(['breached']);
    expect(judged(planned, plan, call('apply', { ...id1, startMs: 10 }))).toEqual(['held']);
  });

  it('counts identical calls together whatever the order of their arguments', () => {
    const [ab, ba] = [{ args: '{"a":1,"b":2}' }, { args: '{"b":2,"a":1}' }];
    expect(judged(twice, call('x', ab), call('x', ba), call('y', ab), call('x', ab))).toEqual([
      'held',
      'held',
      'held',
      'breached',
    ]);
    expect(judged(twice, call('x', { args: undefined }))).toEqual(['unknown']);
  });

  it('judges 10,000 plans and 10,000 applications', () => {
    const steps = Array.from({ length: 20_000 }, (_, i) =>
      call(i < 10_000 ? 'plan' : 'apply', { args: `{"id":${i % 10_000}}` }),
    );
    expect(new Set(judged(planned, ...steps))).toEqual(new Set(['held']));
  });
});
