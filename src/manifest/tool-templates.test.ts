import { describe, expect, it } from 'vitest';
import { compileArgumentRules } from '../annotate/tools/assess-arguments.ts';
import { TOOL_TEMPLATE_NAMES } from './schema/tool-template-names.ts';
import { toTools } from './tool-policies.ts';

const toolLike = (like: (typeof TOOL_TEMPLATE_NAMES)[number], more: object = {}) =>
  toTools({ tools: { it: { effect: 'write', like, ...more } } });

describe('a ready tool policy', () => {
  it.each(TOOL_TEMPLATE_NAMES)('%s gives rules that compile, and never takes an approval away', async (name) => {
    const tools = toolLike(name);
    await expect(compileArgumentRules(tools)).resolves.toBeTypeOf('function');
    expect(tools).toMatchObject({ it: { effect: 'write', approve: 'always' } });
  });

  it('is extended argument by argument, and what the manifest says stands', () => {
    const args = { amount: { max: 50 }, account: { from: ['user'] } };
    expect(toolLike('reconcile-and-resolve/adjust', { args, limits: { perRun: 2 } })).toMatchObject({
      it: {
        approval: { binds: ['account', 'amount'], withinMs: 600_000 },
        limits: { perRun: 2 },
        idempotency: { arg: 'idempotency_key' },
        rules: [
          { kind: 'argument', arg: 'amount', op: 'max', value: 50 },
          { kind: 'provenance', arg: 'account', from: [{ type: 'user' }] },
        ],
      },
    });
  });

  it('of untrusted reading makes destinations of other tools suspect', () => {
    const tools = toTools({
      tools: { read: { effect: 'read', like: 'triage-and-route/read-item' }, send: { effect: 'write' } },
    });
    expect(tools).toMatchObject({ send: { rules: [{ kind: 'destinations' }] } });
  });
});
