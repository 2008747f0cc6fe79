import { describe, expect, it } from 'vitest';
import { callHash } from '../../../observe/proxy/tool-server.ts';
import { createKnownCalls } from './known-calls.ts';

const JOB = { id: 'r1', scenario: 's', input: 'case 1', drill: undefined };
const plan = {
  tools: { note: { effect: 'write', approve: 'always', idempotency: { key: ['n'], arg: 'key' } } },
} as const;

const known = (asked: readonly { readonly name: string; readonly args: string }[], served: readonly string[]) => {
  const calls = createKnownCalls([JOB], plan);
  const toolCalls = asked.map((call, i) => ({ id: `c${i}`, ...call }));
  const run = {
    id: 'r1',
    scenario: 's',
    exchanges: [{ answer: { toolCalls } }],
    toolCalls: served.map((tool) => ({ tool, hash: callHash({ tool, args: { n: 1 } }, 'key') })),
  };
  calls.add(run);
  return calls;
};

describe('what ordinary runs do with the played tools', () => {
  it('is what a model asked for and what reached them, once for each tool and input', () => {
    const calls = known(
      [
        { name: 'note', args: '{"n":1}' },
        { name: 'note', args: '{"n":2}' },
        { name: 'elsewhere', args: '{}' },
      ],
      ['note'],
    );
    expect(calls.of(JOB)).toEqual([
      { tool: 'note', served: 'note', policy: plan.tools.note, args: { n: 1 }, isVerbatim: true },
    ]);
    expect(calls.of({ ...JOB, input: 'case 2' })).toEqual([]);
  });

  it('says whether the tool got what the model wrote, but for a key', () => {
    const isVerbatim = (args: string) => known([{ name: 'note', args }], ['note']).of(JOB)[0]?.isVerbatim;
    expect(isVerbatim('{"n":1,"key":"k"}')).toBe(true);
    expect(isVerbatim('{"n":"1"}')).toBe(false);
  });

  it('is known under the name of its server too', () => {
    const [call] = known([{ name: 'mcp__crm__note', args: '{}' }], ['note']).of(JOB);
    expect(call).toMatchObject({ tool: 'mcp__crm__note', served: 'note', policy: plan.tools.note });
    expect(known([{ name: 'footnote', args: '{}' }], ['note']).of(JOB)).toEqual([]);
  });

  it('is nothing where arguments are no object or no call came', () => {
    expect(known([{ name: 'note', args: '[1]' }], ['note']).of(JOB)).toEqual([]);
    expect(known([{ name: 'note', args: '{"n":' }], ['note']).of(JOB)).toEqual([]);
    expect(known([{ name: 'note', args: '{}' }], []).of(JOB)).toEqual([]);
  });
});
