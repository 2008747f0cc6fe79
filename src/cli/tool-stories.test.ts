import { afterEach, describe, expect, it } from 'vitest';
import { aWorkload, NOW, recordingOf, type TestSpan, type Workload } from '../dev/testing/workload.ts';

let workload: Workload;
afterEach(() => workload.remove());

const MANIFEST = `version: 1
workload: { name: paying-agent, owner: payments, lane: experimental, autonomy: execute-with-approval }
models:
  primary: { provider: anthropic, model: claude-sonnet-4-5 }
traffic: { monthlyRuns: 1000 }
tools:
  find: { effect: read, args: { account: { from: [user] } } }
  web: { effect: read, tags: [untrusted] }
  vault: { effect: read, tags: [secret] }
  plan_payment: { effect: read }
  pay:
    effect: write
    approve: { binds: [order, amount], within: 1m }
    args: { amount: { max: 200 } }
    schema: { type: object, properties: { order: {}, amount: {}, key: {} }, additionalProperties: false }
    idempotency: { key: [order], arg: key }
  post: { effect: write, tags: [egress] }
flows:
  - { id: leak, after: { tag: secret }, forbid: { tag: egress } }
  - { id: planned, require: plan_payment, before: pay, same: [order] }
sources:
  - { recording: traces/week.jsonl, origin: test }
scenarios:
  - { id: pay, share: 1, select: { aigate.case: pay } }
`;

interface Call {
  readonly tool: string;
  readonly args: Readonly<Record<string, string | number>>;
  readonly error?: string;
}
interface Approved {
  readonly approves: Call;
  readonly approver?: string;
  /** What was shown to the approver, where it is not what was called. */
  readonly shown?: Call['args'];
}
type StoryStep = Call | Approved;

const call = (tool: string, args: Call['args'] = {}, error?: string): Call => ({
  tool,
  args,
  ...(error === undefined ? {} : { error }),
});
const PAY = call('pay', { order: 7, amount: 200, key: 'k1' });
const POST = call('post', { text: 'paid' });
const PLANNED = call('plan_payment', { order: 7 });
const approved = (one: Call, more: Omit<Approved, 'approves'> = {}): StoryStep[] => [{ approves: one, ...more }, one];

/** Nothing is wrong with it, and every check has something to judge. */
const SOUND: readonly StoryStep[] = [
  call('find', { account: 'DE123' }),
  call('web', { page: 'rates' }),
  ...approved(POST),
  PLANNED,
  ...approved(PAY),
  call('vault', { name: 'limits' }),
];

/** Each fails one check alone. */
const STORIES: Readonly<Record<string, readonly StoryStep[]>> = {
  'argument-limits': [PLANNED, ...approved(call('pay', { order: 7, amount: 201, key: 'k1' }))],
  'argument-schema': [PLANNED, ...approved(call('pay', { order: 7, amount: 20, memo: 'x', key: 'k1' }))],
  'value-provenance': [call('find', { account: 'FR999' })],
  'approval-binding': [PLANNED, ...approved(PAY, { shown: { order: 7, amount: 2 } })],
  'approval-freshness': [PLANNED, ...approved(PAY, { approver: 'paying-agent' })],
  'plan-apply': [call('plan_payment', { order: 8 }), ...approved(PAY)],
  flows: [call('vault', { name: 'limits' }), ...approved(POST)],
  'double-execution': [PLANNED, ...approved(PAY), ...approved(call('pay', { order: 7, amount: 200, key: 'k2' }))],
  'tool-retries': [1, 2, 3, 4].map((page) => call('web', { page }, 'timeout')),
  'placeholder-arguments': [call('web', { page: '<page>' })],
  'injected-arguments': [call('web', { page: 'rates; rm -rf /' })],
  loops: Array.from({ length: 6 }, () => call('web', { page: 'rates' })),
  approvals: [POST],
  'undeclared-tools': [call('shell', { command: 'ls' })],
};

const SAID = 'Please pay 200 for order 7 from account DE123 and tell me.';

/** One run, a step a second, after the model heard the user. */
function spansOf(steps: readonly StoryStep[], index: number): TestSpan[] {
  const traceId = (index + 1).toString(16).padStart(32, '0');
  const idOf = (at: number) => (index * 1_000 + at + 1).toString(16).padStart(16, '0');
  const span = (at: number, name: string, attributes: TestSpan['attributes'], error?: string): TestSpan => ({
    traceId,
    spanId: idOf(at),
    ...(at === 0 ? {} : { parentSpanId: idOf(0) }),
    name,
    startMs: NOW.getTime() - 3_600_000 + index * 100_000 + at * 1_000,
    durationMs: at === 0 ? 90_000 : 100,
    attributes,
    resource: { 'service.name': 'paying-agent' },
    ...(error === undefined ? {} : { error }),
  });
  const messages = [{ role: 'user', parts: [{ type: 'text', content: SAID }] }];
  return [
    span(0, 'invoke_agent', {
      'gen_ai.operation.name': 'invoke_agent',
      'aigate.case': 'pay',
      'aigate.outcome': 'success',
    }),
    span(1, 'chat', {
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': 'anthropic',
      'gen_ai.request.model': 'claude-sonnet-4-5',
      'gen_ai.input.messages': JSON.stringify(messages),
    }),
    ...steps.map((step, i) =>
      'tool' in step
        ? span(i + 2, `execute_tool ${step.tool}`, attributesOf(step, `c${i}`), step.error)
        : span(i + 2, 'approval', {
            'aigate.approval.decision': 'approve',
            'aigate.approval.by': 'human',
            'aigate.approval.approver': step.approver ?? 'treasurer',
            'aigate.approval.arguments': JSON.stringify(step.shown ?? step.approves.args),
            'gen_ai.tool.name': step.approves.tool,
          }),
    ),
  ];
}

function attributesOf({ tool, args, error }: Call, id: string): TestSpan['attributes'] {
  return {
    'gen_ai.operation.name': 'execute_tool',
    'gen_ai.tool.name': tool,
    'gen_ai.tool.call.id': id,
    'gen_ai.tool.call.arguments': JSON.stringify(args),
    'gen_ai.tool.call.result': 'fine',
    ...(error === undefined ? {} : { 'error.type': error }),
  };
}

/** By check, what was found and said. */
async function judged(
  ...runs: (readonly StoryStep[])[]
): Promise<ReadonlyMap<string, [outcome: string, message: string]>> {
  workload = await aWorkload({ 'aigate.yaml': MANIFEST, 'traces/week.jsonl': recordingOf(runs.map(spansOf)) });
  const { result, stderr } = await workload.check();
  if (result === undefined) throw new Error(stderr);
  return new Map(
    result.findings.flatMap(({ checkId, outcome, message }) => {
      const [gate, name = ''] = checkId.split('/');
      return gate === 'tool-control' && Object.hasOwn(STORIES, name) ? [[name, [outcome, message]]] : [];
    }),
  );
}

const failing = (found: ReadonlyMap<string, readonly [string, string]>) =>
  [...found].filter(([, [outcome]]) => outcome !== 'pass');

describe('recorded tool calls', () => {
  it('pass every check where nothing is wrong', async () => {
    const found = await judged(SOUND);
    expect(failing(found)).toEqual([]);
    expect([...found.keys()].toSorted()).toEqual(Object.keys(STORIES).toSorted());
  });

  it.each(Object.entries(STORIES))('fail %s alone where only that is wrong', async (check, story) => {
    const found = await judged(SOUND, story);
    expect(failing(found)).toEqual([[check, ['fail', expect.any(String)]]]);
  });
});
