import { describe, expect, it } from 'vitest';
import type { ToolPolicy } from '../contract/tool-policy.ts';
import { FAKE_CATALOGUE } from '../dev/testing/fake-catalogue.ts';
import { aSource, LEAST_MANIFEST } from '../dev/testing/manifest-source.ts';
import { parseManifest } from './parse-manifest.ts';

const parsed = (more: string) => parseManifest(aSource(`${LEAST_MANIFEST}${more}\n`), FAKE_CATALOGUE);

/** The policy of tool `t` with this declaration, beside a tool `crm` and the list `sites`. */
function policyOf(declared: string): ToolPolicy | undefined {
  const { tools } = parsed(
    `lists: { sites: [a.example, b.example] }\ntools: { crm: { effect: read }, t: { ${declared} } }`,
  );
  return typeof tools === 'object' ? tools['t'] : undefined;
}
const ruleOf = (argument: string) => policyOf(`effect: read, args: { a: { ${argument} } }`)?.rules?.[0];

describe('the rules of a tool', () => {
  it.each([
    ['in: [x, 1, true]', { op: 'in', values: ['x', 1, true] }],
    ['in: sites', { op: 'in', values: ['a.example', 'b.example'] }],
    ['not_in: [x]', { op: 'not_in', values: ['x'] }],
    ['min: -1.5', { op: 'min', value: -1.5 }],
    ['max: 0', { op: 'max', value: 0 }],
    ['max_length: 0', { op: 'max_length', value: 0 }],
    ['matches: "a+"', { op: 'matches', value: 'a+' }],
    ['email_domain: [a.example]', { op: 'email_domain', values: ['a.example'] }],
    ['url_host: sites', { op: 'url_host', values: ['a.example', 'b.example'] }],
    ['path_under: [data]', { op: 'path_under', values: ['data'] }],
    ['sql: read_only', { op: 'sql', value: 'read_only' }],
    ['same_as: b.c', { op: 'same_as', value: 'b.c' }],
  ])('are read from %s', (argument, rule) => {
    expect(ruleOf(argument)).toEqual({ kind: 'argument', arg: 'a', ...rule });
  });

  it('tell the argument of another tool from one of the call itself', () => {
    expect(ruleOf('same_as: crm.id')).toEqual({ kind: 'same-as-call', arg: 'a', tool: 'crm', other: 'id' });
    expect(ruleOf('same_as: constructor.name')).toMatchObject({ kind: 'argument', op: 'same_as' });
  });

  it('know the user, tools and lists as origins', () => {
    expect(ruleOf('from: [user, "tool:crm", sites], with: [b]')).toEqual({
      kind: 'provenance',
      arg: 'a',
      from: [
        { type: 'user' },
        { type: 'tool', tool: 'crm' },
        { type: 'list', name: 'sites', values: ['a.example', 'b.example'] },
      ],
      beside: ['b'],
    });
  });

  it('hold destinations only where strangers are heard and the tool reaches out', () => {
    const { tools } = parsed(
      'tools: { web: { effect: read, tags: [untrusted] }, look: { effect: read }, pay: { effect: write, args: { to: { from: [user] } } } }',
    );
    expect(tools).toMatchObject({
      look: { rules: undefined },
      pay: { rules: [{ kind: 'provenance' }, { kind: 'destinations', except: ['to'] }] },
    });
  });

  it.each([
    ['effect: read', 'never', undefined],
    ['effect: write', 'always', undefined],
    ['effect: irreversible', 'always', undefined],
    ['effect: write, approve: always', 'always', undefined],
    ['effect: write, approve: user', 'always', { by: 'user' }],
    ['effect: write, approve: { by: "role:finance", within: 5m }', 'always', { by: 'role:finance', withinMs: 300_000 }],
    ['effect: write, approve: { when: "call.args.a > 1.0", binds: [a] }', 'when', { binds: ['a'] }],
  ])('say when approval is needed and which: %s', (declared, approve, approval) => {
    const policy = policyOf(declared);
    expect(policy?.approve).toBe(approve);
    if (approval === undefined) expect(policy?.approval).toBeUndefined();
    else expect(policy?.approval).toMatchObject(approval);
  });
});

describe('flows', () => {
  it('are read in all their forms', () => {
    const { flows } = parsed(`tools: { plan: { effect: read, tags: [secret] }, apply: { effect: write } }
flows:
  - { id: a, after: { tag: secret }, forbid: apply, unless: approved }
  - { id: b, require: plan, before: { tool: apply }, same: [id] }
  - { id: c, at_most: 0 }
  - { id: d, at_most: 3, of: apply, identical: true }`);
    const [plan, apply] = ['plan', 'apply'].map((tool) => ({ type: 'tool', tool }));
    expect(flows).toEqual([
      { type: 'forbid', id: 'a', after: { type: 'tag', tag: 'secret' }, forbid: apply, unlessApproved: true },
      { type: 'require', id: 'b', require: plan, before: apply, same: ['id'] },
      { type: 'at-most', id: 'c', calls: 0, of: undefined, identical: false },
      { type: 'at-most', id: 'd', calls: 3, of: apply, identical: true },
    ]);
  });

  it('are not declared where none is written', () => {
    expect(parsed('').flows).toBeUndefined();
  });
});
