import { decideCalls } from '../../../gates/tool-control/call-decisions.ts';
import { flowBreaches } from '../../../gates/tool-control/flow-breaches.ts';
import { compileArgumentRules } from '../../annotate/tools/assess-arguments.ts';
import type { Flow, ToolPolicy } from '../../contract/tool-policy.ts';
import { aPlan, aRef, aRun, aToolCall } from '../testing/builders.ts';
import type { Ratio } from './start-up.ts';

const DECISIONS_A_SECOND = 500_000;
const RUNS_A_SECOND = 50_000;
const TOOLS = 10;
const CALLS = 12;

/** 30 rules over ten tools, three each, of the typed operators. */
const POLICY: Readonly<Record<string, ToolPolicy>> = Object.fromEntries(
  Array.from({ length: TOOLS }, (_, i): [string, ToolPolicy] => [
    `tool_${i}`,
    {
      effect: i % 2 === 0 ? 'read' : 'write',
      approve: 'never',
      tags: i === 0 ? ['secret'] : i === 1 ? ['egress'] : undefined,
      rules: [
        { kind: 'argument', arg: 'amount', op: 'max', value: 200 },
        { kind: 'argument', arg: 'currency', op: 'in', values: ['EUR', 'USD'] },
        { kind: 'argument', arg: 'to', op: 'email_domain', values: ['corp.example'] },
      ],
    },
  ]),
);

const FLOWS: readonly Flow[] = [
  {
    type: 'forbid',
    id: 'leak',
    after: { type: 'tag', tag: 'secret' },
    forbid: { type: 'tag', tag: 'egress' },
    unlessApproved: false,
  },
  {
    type: 'forbid',
    id: 'late',
    after: { type: 'tool', tool: 'tool_9' },
    forbid: { type: 'tool', tool: 'tool_8' },
    unlessApproved: true,
  },
  {
    type: 'require',
    id: 'plan',
    require: { type: 'tool', tool: 'tool_2' },
    before: { type: 'tool', tool: 'tool_3' },
    same: ['to'],
  },
  {
    type: 'require',
    id: 'look',
    require: { type: 'tool', tool: 'tool_4' },
    before: { type: 'tool', tool: 'tool_5' },
    same: [],
  },
  { type: 'at-most', id: 'loop', calls: 3, of: undefined, identical: true },
  { type: 'at-most', id: 'few', calls: 5, of: { type: 'tool', tool: 'tool_7' }, identical: false },
];
const FLOW_TYPES = new Set(['forbid', 'require', 'at-most'] as const);

/** Decisions on single calls and flows over runs, by the CPU they take on one core. */
export async function toolPolicyRatios(): Promise<Ratio[]> {
  const assess = await compileArgumentRules(POLICY);
  const texts = Array.from({ length: 64 }, (_, i) =>
    JSON.stringify({
      amount: i * 7,
      currency: i % 3 === 0 ? 'GBP' : 'EUR',
      to: `person${i}@corp.example`,
      note: 'late order',
    }),
  );
  const calls = rate((i) => assess(`tool_${i % TOOLS}`, texts[i % texts.length]));
  const plan = aPlan({ tools: POLICY, flows: FLOWS });
  const run = aRun({
    steps: Array.from({ length: CALLS }, (_, i) =>
      aToolCall({ tool: `tool_${(i * 7) % TOOLS}`, ref: aRef(i), args: texts[i], facts: '111' }),
    ),
  });
  const flows = rate(() => flowBreaches(run, plan, FLOW_TYPES).length);
  const whole = rate(() => decideCalls(run, plan).length);
  return [
    ratioOf(`decisions on one call by 30 rules, from the text of its arguments`, DECISIONS_A_SECOND, calls),
    ratioOf(`runs of ${CALLS} calls under six flows`, RUNS_A_SECOND, flows),
    ratioOf(`runs of ${CALLS} calls decided as a whole`, RUNS_A_SECOND / 5, whole),
  ];
}

function ratioOf(what: string, wanted: number, reached: number): Ratio {
  const detail = `${Math.round(reached).toLocaleString('en')} a second of CPU, ${wanted.toLocaleString('en')} wanted`;
  return { what, ratio: wanted / reached, bound: 1, detail };
}

const WARM_UP = 20_000;
const ROUNDS = 200_000;

/** How often a second of CPU it can be done. */
function rate(work: (i: number) => unknown): number {
  for (let i = 0; i < WARM_UP; i++) work(i);
  const before = process.cpuUsage();
  for (let i = 0; i < ROUNDS; i++) work(i);
  const { user, system } = process.cpuUsage(before);
  return ROUNDS / ((user + system) / 1e6);
}
