import { describe, expect, it } from 'vitest';
import type { Expectation, Handoff, Plan } from '../../src/contract/plan.ts';
import type { ModelCall, Run, Step } from '../../src/contract/run.ts';
import { aModelCall, anApproval, aPlan, aRun, aScenario, aToolCall } from '../../src/dev/testing/builders.ts';
import { answerEnd } from './answer-ending.ts';

const ends = (steps: readonly Step[], plan = aPlan(), run: Partial<Run> = {}) =>
  answerEnd(aRun({ steps, ...run }), plan);
const call = (overrides: Partial<ModelCall> = {}) => aModelCall(overrides);
const asks = (...requestedTools: string[]) => call({ finish: ['tool_calls'], text: '', requestedTools });
const failed = call({ error: '503', finish: undefined, text: undefined, requestedTools: undefined });
const silent = call({ finish: undefined, text: undefined, facts: undefined, requestedTools: undefined });
const expecting = (...expect: Expectation[]): Plan => aPlan({ scenarios: [aScenario({ expect })] });
const handoff: Handoff = { queue: 'analysts', perHour: undefined, withinMs: undefined, tool: 'escalate' };

describe('answerEnd of an answer', () => {
  it.each([
    [['stop'], 'complete'],
    [['end_turn'], 'complete'],
    [['length'], 'cut'],
    [['MAX_TOKENS'], 'cut'],
    [['max_tokens'], 'cut'],
    [['content_filter'], 'withheld'],
    [['refusal'], 'withheld'],
    [['SAFETY'], 'withheld'],
    [['guardrail_intervened'], 'withheld'],
    [['error'], 'broken'],
    [['MALFORMED_FUNCTION_CALL'], 'broken'],
    [['pause_turn'], 'paused'],
    [['stop', 'length'], 'unrecorded'],
    [['other'], 'unrecorded'],
    [['a word that no provider uses'], 'unrecorded'],
    [[], 'unrecorded'],
    [undefined, 'unrecorded'],
  ] as const)('with finish reasons %j is %s', (finish, end) => {
    expect(ends([call({ finish })])).toBe(end);
    expect(ends([call({ finish, text: undefined, requestedTools: undefined })])).toBe(end);
  });

  it('is complete without recorded content where the finish reason says so', () => {
    expect(ends([call({ text: undefined, facts: undefined, requestedTools: undefined })])).toBe('complete');
  });

  it.each(['', ' \n\t '])('with the text %j is empty, whatever the finish reason', (text) => {
    const usage = { ...call().usage, output: 3 };
    expect(ends([call({ text, usage })])).toBe('empty');
    expect(ends([call({ text, usage, finish: undefined })])).toBe('empty');
    expect(ends([call({ text, usage: { ...usage, output: undefined } })])).toBe('empty');
    expect(ends([call({ text, usage: { ...usage, output: 903, reasoning: 900 } })])).toBe('empty');
  });

  it('is not empty where more tokens are reported than no text can cost', () => {
    expect(ends([call({ text: '' })])).toBe('unrecorded');
    expect(ends([call({ text: '', usageSource: 'estimated' })])).toBe('empty');
  });

  it('is the last one that did not fail', () => {
    expect(ends([call({ finish: ['length'] }), call()])).toBe('complete');
    expect(ends([call(), call({ finish: ['length'] })])).toBe('cut');
    expect(ends([call({ finish: ['length'] }), failed])).toBe('cut');
    expect(ends([call(), silent])).toBe('unrecorded');
  });

  it('is complete beside a failed call, and not known before one', () => {
    const answered = call({ startMs: 0, durationMs: 100 });
    expect(ends([answered, { ...failed, startMs: 99 }])).toBe('complete');
    expect(ends([answered, { ...failed, startMs: 100 }])).toBe('unrecorded');
    expect(ends([answered, { ...failed, startMs: undefined }])).toBe('complete');
  });

  it('may be the refusal that the scenario expects', () => {
    const plan: Plan = {
      ...expecting({ type: 'text', assertion: 0, label: 'is-refusal' }),
      assertions: [{ type: 'is-refusal' }],
    };
    expect(ends([call({ finish: ['content_filter'] })], plan)).toBe('complete');
    expect(ends([call({ finish: ['length'] })], plan)).toBe('cut');
    expect(ends([call({ finish: ['refusal'] })], { ...plan, assertions: [{ type: 'not-refusal' }] })).toBe('withheld');
  });
});

describe('answerEnd of a request for tools', () => {
  const [read, write] = ['get_case', 'create_case_note'];

  it.each<[string, readonly Step[], string]>([
    ['answered after it', [asks(read), aToolCall(), call()], 'complete'],
    ['executed, and nothing after it', [asks(read), aToolCall()], 'tool'],
    ['executed in vain, and nothing after it', [asks(read), aToolCall({ error: 'timeout' })], 'tool-failed'],
    ['executed, and the call after it failed', [asks(read), aToolCall(), failed], 'absent'],
    ['of a declared tool that nothing answers', [asks(read)], 'unanswered'],
    ['of a tool that waits for approval', [asks(write)], 'tool'],
    ['of both', [asks(read, write)], 'tool'],
    ['of a tool that nobody declared', [asks('wire_money')], 'tool'],
    ['that names no tool', [call({ finish: ['tool_use'], text: undefined, requestedTools: undefined })], 'tool'],
    ['that was rejected', [asks(write), anApproval({ decision: 'reject' })], 'complete'],
    ['that was terminated', [asks(write), anApproval({ decision: 'terminate' })], 'complete'],
    ['that was approved and never executed', [asks(read), anApproval()], 'unanswered'],
    ['without a finish reason', [call({ finish: undefined, text: '', requestedTools: [read] })], 'unanswered'],
    ['cut off', [call({ finish: ['length'], text: '', requestedTools: [read] })], 'cut'],
    ['executed before it only', [aToolCall(), asks(read)], 'unanswered'],
  ])('%s', (_, steps, end) => {
    expect(ends(steps)).toBe(end);
  });

  it('is complete where the tool is what the scenario expects', () => {
    const plan = expecting({ type: 'tool-called', tool: read, label: 'calls get_case' });
    expect(ends([asks(read), aToolCall()], plan)).toBe('complete');
    expect(ends([asks(read), aToolCall(), aToolCall({ tool: 'log' })], plan)).toBe('complete');
    expect(ends([asks(read), aToolCall({ error: 'timeout' })], plan)).toBe('tool-failed');
    expect(ends([asks(read), aToolCall({ tool: 'log' })], plan)).toBe('tool');
    expect(ends([aToolCall(), asks(read)], plan)).toBe('unanswered');
  });

  it('is complete where people took over', () => {
    const plan = aPlan({ handoff });
    expect(ends([asks('escalate'), aToolCall({ tool: 'escalate' })], plan)).toBe('complete');
    expect(ends([asks('escalate'), aToolCall({ tool: 'escalate', error: '500' })], plan)).toBe('tool-failed');
    expect(ends([asks(read), anApproval({ decision: 'escalate' })])).toBe('complete');
    expect(ends([failed, aToolCall({ tool: 'escalate' })], plan)).toBe('complete');
    expect(ends([asks('escalate'), aToolCall({ tool: 'escalate' })])).toBe('tool');
  });

  it('is only the form of the answer where the workload has no tools', () => {
    const plan = aPlan({ tools: 'none' });
    expect(ends([asks('decision')], plan)).toBe('complete');
    expect(ends([call({ finish: undefined, text: '', requestedTools: ['decision'] })], plan)).toBe('unrecorded');
    expect(ends([asks('decision')], aPlan({ tools: undefined }))).toBe('tool');
  });

  it('beside a text may be one that the provider executed', () => {
    const searched = call({ finish: ['end_turn'], text: 'found', requestedTools: ['web_search'] });
    expect(ends([searched])).toBe('complete');
    expect(ends([{ ...searched, requestedTools: [read] }])).toBe('tool');
    expect(ends([{ ...searched, text: '' }])).toBe('tool');
  });

  it('names no inherited property a declared tool', () => {
    expect(ends([asks('constructor')])).toBe('tool');
  });
});

describe('answerEnd of a run', () => {
  it('is undefined where it ended badly: that is no silent failure', () => {
    expect(ends([call()], aPlan(), { outcome: 'failure' })).toBeUndefined();
    expect(ends([call({ finish: ['length'] })], aPlan(), { error: 'timeout' })).toBeUndefined();
  });

  it('is not known without an outcome and without its root', () => {
    expect(ends([call()], aPlan(), { outcome: undefined, hasRoot: false })).toBe('unrecorded');
    expect(ends([call({ finish: ['length'] })], aPlan(), { outcome: undefined, hasRoot: false })).toBe('unrecorded');
  });

  it('without a model call is not known, with failed ones only has no answer', () => {
    expect(ends([])).toBe('unrecorded');
    expect(ends([aToolCall()])).toBe('unrecorded');
    expect(ends([failed, failed])).toBe('absent');
  });
});
