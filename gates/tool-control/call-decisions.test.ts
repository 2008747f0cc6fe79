import { describe, expect, it } from 'vitest';
import type { Plan } from '../../src/contract/plan.ts';
import type { Step } from '../../src/contract/run.ts';
import type { Flow, ToolPolicy } from '../../src/contract/tool-policy.ts';
import { anApproval, aPlan, aRef, aRun, aToolCall } from '../../src/dev/testing/builders.ts';
import { testMeasure } from '../../src/dev/testing/measure-tester.ts';
import { decideCalls } from './call-decisions.ts';
import measure from './measures/call-decisions.ts';

const named = (tool: string) => ({ type: 'tool', tool }) as const;
const READ: ToolPolicy = { effect: 'read', approve: 'never' };
const PAY: ToolPolicy = {
  effect: 'irreversible',
  approve: 'always',
  approval: { binds: ['amount'] },
  rules: [
    { kind: 'argument', arg: 'amount', op: 'max', value: 200 },
    { kind: 'provenance', arg: 'payee', from: [{ type: 'user' }], beside: [] },
  ],
};
const TOOLS = { look: READ, mail: { ...READ, tags: ['untrusted' as const] }, pay: PAY };
const plan = (changes: Partial<Plan> = {}) => aPlan({ tools: TOOLS, ...changes });
const pay = (facts: string | undefined, amount = 100) =>
  aToolCall({ tool: 'pay', callId: 'p', facts, args: JSON.stringify({ amount }), ref: aRef(9) });
const yes = (amount = 100) => anApproval({ tool: 'pay', callId: 'p', args: JSON.stringify({ amount }) });

const decided = (steps: readonly Step[], changes: Partial<Plan> = {}) =>
  decideCalls(aRun({ steps }), plan(changes)).map(({ verdict, rule, stands, approval }) => [
    verdict,
    rule,
    stands,
    approval,
  ]);

describe('the decision on a call', () => {
  it.each<[string, Step[], (string | undefined)[]]>([
    [
      'is allow where nothing speaks against it',
      [aToolCall({ tool: 'look' })],
      ['allow', undefined, 'kept', undefined],
    ],
    [
      'is deny for a tool that is not declared',
      [aToolCall({ tool: 'wire' })],
      ['deny', 'the tool is not declared', 'violation', undefined],
    ],
    [
      'is deny for a tool named like a property of objects',
      [aToolCall({ tool: 'constructor' })],
      ['deny', 'the tool is not declared', 'violation', undefined],
    ],
    [
      'is open for a tool without a name',
      [aToolCall({ tool: undefined })],
      ['not-assessed', 'the tool has no name', 'open', undefined],
    ],
    ['is needs-approval, kept with one', [yes(), pay('11')], ['needs-approval', 'approve', 'kept', 'approved']],
    ['is needs-approval, a violation without', [pay('11')], ['needs-approval', 'approve', 'violation', 'missing']],
    [
      'is needs-approval, open where nobody knows who approved',
      [{ ...yes(), by: undefined }, pay('11')],
      ['needs-approval', 'approve', 'open', 'unknown'],
    ],
    ['is deny above a limit, approved or not', [yes(), pay('01')], ['deny', 'amount max 200', 'violation', 'approved']],
    [
      'names the approval where a value was named by nobody',
      [pay('1a')],
      ['needs-approval', 'payee from user', 'violation', 'missing'],
    ],
    ['is deny for a value of strangers', [pay('1u')], ['deny', 'payee from user', 'violation', 'missing']],
    [
      'keeps a value of strangers that a human approved',
      [yes(), pay('1u')],
      ['deny', 'payee from user', 'kept', 'approved'],
    ],
    [
      'is deny above a limit whatever else could be approved',
      [yes(), pay('0u')],
      ['deny', 'amount max 200', 'violation', 'approved'],
    ],
    [
      'is deny where other values were approved',
      [yes(50), pay('11')],
      ['deny', 'pay: amount not as approved', 'violation', 'approved'],
    ],
    [
      'is deny where a rule could not be computed',
      [yes(), pay('e1')],
      ['deny', 'amount max 200 (could not be computed)', 'violation', 'approved'],
    ],
    [
      'needs approval before it asks for what is not recorded',
      [pay('?1')],
      ['needs-approval', 'approve', 'violation', 'missing'],
    ],
    [
      'does not know a call whose facts are not there',
      [yes(), pay(undefined)],
      ['needs-approval', 'approve', 'open', 'approved'],
    ],
  ])('%s', (_, steps, expected) => {
    expect(decided(steps).at(-1)).toEqual(expected);
  });

  it('is not assessed where no tools are declared, and deny where none are', () => {
    const call = [aToolCall({ tool: 'look' })];
    expect(decided(call, { tools: undefined })).toEqual([['not-assessed', 'no tools are declared', 'open', undefined]]);
    expect(decided(call, { tools: 'none' })).toEqual([['deny', 'the tool is not declared', 'violation', undefined]]);
  });

  it('follows flows and repeated writes', () => {
    const flows = [
      {
        type: 'forbid',
        id: 'late',
        after: { type: 'tool', tool: 'mail' },
        forbid: { type: 'tool', tool: 'look' },
        unlessApproved: false,
      },
    ] as const;
    const steps = [aToolCall({ tool: 'mail' }), aToolCall({ tool: 'look', callId: 'x' })];
    expect(decided(steps, { flows }).at(-1)).toEqual(['deny', 'late: look', 'violation', undefined]);
    const twice = [yes(), pay('11'), { ...yes(), callId: 'q' }, { ...pay('11'), callId: 'q' }];
    expect(decided(twice).at(-1)).toEqual(['deny', 'pay: done twice', 'violation', 'approved']);
  });

  it('needs an approval where a flow forbids the call without one', () => {
    const flows: Flow[] = [
      { type: 'forbid', id: 'leak', after: named('look'), forbid: named('send'), unlessApproved: true },
    ];
    const tools = { look: READ, send: { effect: 'write', approve: 'never' } } as const;
    const [look, send] = [
      aToolCall({ tool: 'look', callId: 'a' }),
      aToolCall({ tool: 'send', callId: 'b', startMs: 9 }),
    ];
    const yes = anApproval({ tool: 'send', callId: 'b', startMs: 1, durationMs: 1 });
    expect(decided([send], { tools, flows })).toEqual([['allow', undefined, 'kept', undefined]]);
    expect(decided([look, send], { tools, flows }).at(-1)).toEqual([
      'needs-approval',
      'leak: send',
      'violation',
      'missing',
    ]);
    expect(decided([look, yes, send], { tools, flows }).at(-1)).toEqual([
      'needs-approval',
      'leak: send',
      'kept',
      'approved',
    ]);
  });

  it('follows the limits of a run', () => {
    const limits = { perRun: 2, spend: { arg: 'n', perRun: 10 } };
    const spends = (n: unknown) => aToolCall({ tool: 'look', callId: `c${n}`, args: JSON.stringify({ n }) });
    const of = (...amounts: unknown[]) =>
      decided(amounts.map(spends), { tools: { look: { ...READ, limits } } }).map(([verdict, rule]) => [verdict, rule]);
    expect(of(4, 6)).toEqual([
      ['allow', undefined],
      ['allow', undefined],
    ]);
    expect(of(4, 6.01).at(-1)).toEqual(['deny', 'look: n over 10 a run']);
    expect(of(1, 2, 3).at(-1)).toEqual(['deny', 'look: over 2 calls a run']);
    expect(of('many').at(-1)).toEqual(['not-assessed', 'look: n over 10 a run']);
  });

  it('takes time in proportion to the calls of a run', () => {
    const steps = Array.from({ length: 10_000 }, (_, i) =>
      aToolCall({ tool: 'look', callId: `c${i}`, args: `{"i":${i}}` }),
    );
    expect(decided(steps)).toHaveLength(10_000);
  });
});

testMeasure(measure, [
  {
    name: 'calls by tool and verdict, with the runs that broke something',
    plan: plan(),
    runs: [
      aRun({ id: 'b', steps: [yes(), pay('11')] }),
      aRun({ id: 'a', ref: aRef(20), steps: [aToolCall({ tool: 'look', ref: aRef(21) }), pay('11')] }),
    ],
    value: {
      runs: 2,
      approvals: 1,
      tools: [
        ['look', { verdicts: { deny: 0, 'needs-approval': 0, 'not-assessed': 0, allow: 1 }, violations: 0 }],
        ['pay', { verdicts: { deny: 0, 'needs-approval': 2, 'not-assessed': 0, allow: 0 }, violations: 1 }],
      ],
      offenders: [{ run: 'a', rule: 'approve (missing)', ref: aRef(9), steps: ['look', 'pay: approve (missing)'] }],
    },
  },
  {
    name: 'invented names keep a bounded state',
    plan: plan(),
    runs: Array.from({ length: 1_200 }, (_, i) =>
      aRun({ id: `r${i}`, ref: aRef(i + 1), steps: [aToolCall({ tool: `t${i}`, ref: aRef(i + 1) })] }),
    ),
    value: { runs: 1_200 },
  },
]);
