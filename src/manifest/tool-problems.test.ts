import { describe, expect, it } from 'vitest';
import { AigateError } from '../contract/errors.ts';
import { FAKE_CATALOGUE } from '../dev/testing/fake-catalogue.ts';
import { aSource, LEAST_MANIFEST } from '../dev/testing/manifest-source.ts';
import { parseManifest } from './parse-manifest.ts';

/** Each problem of a manifest with these lines more as `line:column message | hint`. The first of them is line 12. */
function problemsOf(more: string): string[] {
  try {
    parseManifest(aSource(`${LEAST_MANIFEST}${more}\n`), FAKE_CATALOGUE);
  } catch (cause) {
    if (!(cause instanceof AigateError)) throw cause;
    return cause.problems.map(({ line, column, message, hint }) =>
      hint === undefined ? `${line}:${column} ${message}` : `${line}:${column} ${message} | ${hint}`,
    );
  }
  throw new Error('the manifest was accepted');
}

const withArgument = (rule: string) =>
  `lists: { payees: [DE1], sites: [a.example] }\ntools: { crm: { effect: read }, pay: { effect: write, args: { to: ${rule} } } }`;
const withFlow = (flow: string) => `tools: { plan: { effect: read }, apply: { effect: write } }\nflows:\n  - ${flow}`;

describe('a manifest with one mistake about tools', () => {
  it('lets no list take the name of the user', () => {
    expect(problemsOf('lists: { user: [DE1] }')).toEqual([
      '12:10 lists.user: no list may be named user: in from it stands for the words of the user | Rename the list, also where arguments take it.',
    ]);
  });

  it.each([
    ['{ in: payes }', '13:73 tools.pay.args.to.in: "payes" is not under lists | did you mean "payees"?'],
    ['{ url_host: zebra }', '13:79 tools.pay.args.to.url_host: "zebra" is not under lists | Declare it under lists.'],
    ['{ in: constructor }', '13:73 tools.pay.args.to.in: "constructor" is not under lists | Declare it under lists.'],
    ['{ from: [user, payes] }', '13:82 tools.pay.args.to.from[1]: "payes" is not under lists | did you mean "payees"?'],
    ['{ from: ["tool:crn"] }', '13:76 tools.pay.args.to.from[0]: "crn" is not under tools | did you mean "crm"?'],
    ['{}', '13:63 tools.pay.args.to: says nothing about the argument'],
    ['{ with: [amount] }', '13:63 tools.pay.args.to: with belongs to from'],
    ['{ maxx: 3 }', '13:69 tools.pay.args.to.maxx: unknown key "maxx" | did you mean "max"?'],
    ['{ min: 1, maxx: 3 }', '13:77 tools.pay.args.to.maxx: unknown key "maxx" | did you mean "max"?'],
  ])('names the rule about an argument and its place: %s', (rule, problem) => {
    expect(problemsOf(withArgument(rule))).toEqual([problem]);
  });

  it.each([
    [
      '{ id: a, after: plan, forbid: aply }',
      '14:35 flows[0].forbid: "aply" is not under tools | did you mean "apply"?',
    ],
    [
      '{ id: a, require: { tool: pln }, before: apply }',
      '14:14 flows[0].require: "pln" is not under tools | did you mean "plan"?',
    ],
    ['{ id: a, at_most: 2, of: zebra }', '14:30 flows[0].of: "zebra" is not under tools | Declare it under tools.'],
    [
      '{ id: a, require: plan, before: apply, sam: [id] }',
      '14:44 flows[0].sam: unknown key "sam" | did you mean "same"?',
    ],
    [
      '{ id: a, after: plan, forbid: apply, unles: approved }',
      '14:42 flows[0].unles: unknown key "unles" | did you mean "unless"?',
    ],
  ])('names what is wrong with this flow and no other kind of flow: %s', (flow, problem) => {
    expect(problemsOf(withFlow(flow))).toEqual([problem]);
  });

  it.each([
    ['{ id: a, after: plan, forbid: apply, before: apply }', 'Not together with the other keys here'],
    ['{ id: a, after: plan }', 'flows[0].forbid: missing'],
    ['{ id: a, require: plan }', 'flows[0].before: missing'],
    ['{ id: a, at_most: many }', 'flows[0].at_most: expected a number, got "many"'],
    [
      '{ id: a, after: { tag: secrt }, forbid: apply }',
      'flows[0].after.tag: expected secret, untrusted or egress, got "secrt"',
    ],
  ])('says one thing about a flow with one mistake: %s', (flow, said) => {
    const problems = problemsOf(withFlow(flow));
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(said);
  });

  it('refuses an irreversible tool that is said to be harmless to repeat', () => {
    expect(problemsOf('tools: { t: { effect: irreversible, idempotent: true } }')).toEqual([
      expect.stringContaining('tools.t.idempotent: an irreversible tool is not harmless to repeat'),
    ]);
  });

  it.each([
    ['approve: sometimes', 'tools.t.approve: expected always, never or user or a map, got "sometimes"'],
    ['approve: {}', 'tools.t.approve: asks for nothing; write always'],
    ['approve: { by: user, bind: [a] }', 'tools.t.approve.bind: unknown key "bind" | did you mean "binds"?'],
    ['approve: { within: 5 }', 'tools.t.approve.within: expected a duration such as 500ms, 20s, 10m, 1h or 90d, got 5'],
    ['approve: { binds: [] }', 'tools.t.approve.binds: expected at least 1 entry, got a list of 0'],
    ['tags: [secrt]', 'tools.t.tags[0]: expected secret, untrusted or egress, got "secrt" | did you mean "secret"?'],
    ['limits: { perRun: 0 }', 'tools.t.limits.perRun: expected'],
    ['args: { a: { matches: "(" } }', 'tools.t.args.a.matches: not a regular expression'],
    ['idempotency: { arg: key }', 'tools.t.idempotency.key: missing'],
  ])('says one thing about a tool with one mistake: %s', (line, said) => {
    const problems = problemsOf(`tools: { t: { effect: write, ${line} } }`);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(said);
  });
});
