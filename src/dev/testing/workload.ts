import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Writable } from 'node:stream';
import { main } from '../../cli/main.ts';
import type { DrillMatrix } from '../../contract/drill-matrix.ts';
import { REPOSITORY } from '../repository.ts';

/** The instant at which test workloads are judged. */
export const NOW = new Date('2026-11-21T12:00:00.000Z');

/** What a command did. */
export interface Outcome {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A workload in a folder of its own, judged in-process as a user would. */
export interface Workload {
  readonly dir: string;
  write(path: string, content: string | Uint8Array): Promise<void>;
  run(...argv: string[]): Promise<Outcome>;
  /** The same, for a user who interrupts it. */
  runUntil(signal: AbortSignal, ...argv: string[]): Promise<Outcome>;
  /** `check` with JSON on stdout; `result` is undefined when nothing was judged. */
  check(...argv: string[]): Promise<Outcome & { readonly result: Judgement | undefined }>;
  remove(): Promise<void>;
}

/** The part of results.json that tests look at. */
export interface Judgement {
  readonly runId: string;
  readonly decision: string;
  readonly exitCode: number;
  readonly releasable: boolean;
  readonly findings: readonly {
    readonly checkId: string;
    readonly outcome: string;
    readonly severity: string;
    readonly kind: readonly string[];
    readonly message: string;
  }[];
  readonly drills: DrillMatrix | null;
}

/**
 * A production workload whose recording passes every check, unless the overrides break it.
 * @param env variables beside those of the test itself, for what the workload starts
 */
export async function aWorkload(
  files: Readonly<Record<string, string | Uint8Array>> = {},
  env: Readonly<Record<string, string>> = {},
): Promise<Workload> {
  const dir = await realpath(await mkdtemp(join(tmpdir(), 'aigate-test-')));
  const workload = workloadIn(dir, env);
  for (const [path, content] of Object.entries(FILES)) await workload.write(path, content);
  for (const [path, content] of Object.entries(files)) await workload.write(path, content);
  if (!('traces/week.jsonl' in files))
    await workload.write('traces/week.jsonl', recordingOf(await boundRuns(workload)));
  return workload;
}

/** The runs that pass, bound to what the workload's folder holds now. */
export async function boundRuns(workload: Workload, count = 160): Promise<TestSpan[][]> {
  const { stdout } = await workload.run('digest', '--json');
  const { artifactsDigest } = JSON.parse(stdout) as { artifactsDigest: string };
  return Array.from({ length: count }, (_, index) => goodRun(index, artifactsDigest));
}

/** The workload of an existing folder. */
export function workloadIn(dir: string, env: Readonly<Record<string, string>> = {}): Workload {
  const host = { platform: process.platform, env: { ...process.env, ...env }, kill: process.kill.bind(process) };
  const runUntil = async (signal: AbortSignal, ...argv: string[]): Promise<Outcome> => {
    const [stdout, stderr] = [collector(), collector()];
    const exitCode = await main({
      argv,
      cwd: dir,
      env: {},
      stdout: stdout.stream,
      stderr: stderr.stream,
      now: () => NOW,
      signal,
      version: '0.0.0-test',
      host,
      home: REPOSITORY,
    });
    return { exitCode, stdout: stdout.text(), stderr: stderr.text() };
  };
  const run = (...argv: string[]) => runUntil(new AbortController().signal, ...argv);
  return {
    dir,
    run,
    runUntil,
    async write(path, content) {
      await mkdir(dirname(join(dir, path)), { recursive: true });
      await writeFile(join(dir, path), content);
    },
    async check(...argv) {
      const outcome = await run('check', ...argv, '--format', 'json');
      const isJudged = outcome.stdout.startsWith('{');
      return { ...outcome, result: isJudged ? (JSON.parse(outcome.stdout) as Judgement) : undefined };
    },
    remove: () => rm(dir, { recursive: true, force: true }),
  };
}

function collector(): { readonly stream: Writable; text(): string } {
  const chunks: string[] = [];
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      chunks.push(chunk.toString());
      done();
    },
  });
  return { stream, text: () => chunks.join('') };
}

export const MANIFEST = `version: 1
workload:
  { name: fraud-review, owner: payments-risk, lane: production, autonomy: execute-with-approval, audience: employees,
    identity: { principal: svc-fraud-review, credentials: { source: oidc, maxTtl: 15m } },
    artifacts: [prompts/**], code: [src/**] }
models:
  primary: { provider: anthropic, model: claude-sonnet-4-5, cloud: aws, region: us-east-1, account: prod, gateway: none }
  fallback:
    - { provider: openai, model: gpt-4.1, cloud: azure, region: eastus, account: prod-dr, gateway: none }
timeouts: { model: 20s, tool: 10s, run: 60s }
retries: { model: 1, total: 2 }
caps: { modelCalls: 6, toolCalls: 4, inputTokens: 8000, outputTokens: 1000 }
traffic: { monthlyRuns: { expected: 1000, low: 900, high: 1100 } }
tools:
  get_case: { effect: read, tags: [secret] }
  create_case_note: { effect: write, approve: always, tags: [], args: { case: { matches: 'C-\\d+' } }, undo: delete_case_note }
sources:
  - { recording: traces/week.jsonl, origin: production, sampling: none, window: 2026-11-20/2026-11-21, total: 160, excluded: [] }
scenarios:
  - { id: summarize, share: 1, select: { aigate.case: summarize }, expect: [ { contains: 'Risk:' } ] }
gates:
  cost: { monthly-cost: { usd: 100 } }
  reliability:
    latency: 'p(95)<8000ms'
    availability: 'rate>=0.95'
    response-quality: 'rate>=0.95'
evidence:
  riskOwner: head-of-risk
  runbook: runbook.md
  disclosure: { phrase: 'AI-generated' }
  monitors: [ { name: token use, signal: gen_ai.usage.input_tokens, alert: doubled } ]
`;

const FILES = {
  'aigate.yaml': MANIFEST,
  'prompts/system.md': 'Summarise the case and state its risk.\n',
  'src/assistant.ts': 'export const timeoutMs = 20_000;\n',
  'runbook.md': 'When token use is doubled, switch to gpt-4.1 of openai.\n',
  'traces/week.jsonl': '',
};

export interface TestSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly startMs: number;
  readonly durationMs: number;
  readonly attributes: Readonly<Record<string, string | number | readonly string[]>>;
  readonly resource: Readonly<Record<string, string>>;
  readonly error?: string;
}

/** Chat → get_case → approval → create_case_note → chat; every fourth run has its primary fail and switches. */
function goodRun(index: number, digest: string): TestSpan[] {
  const traceId = (index + 1).toString(16).padStart(32, '0');
  const startMs = NOW.getTime() - 86_400_000 + index * 60_000;
  const resource = { 'service.name': 'fraud-review', 'aigate.artifacts.digest': digest };
  const spans: TestSpan[] = [];
  const add = (
    name: string,
    offsetMs: number,
    durationMs: number,
    attributes: TestSpan['attributes'],
    error?: string,
  ) => {
    const isRoot = spans.length === 0;
    spans.push({
      traceId,
      spanId: `${(index + 1).toString(16).padStart(8, '0')}${spans.length.toString(16).padStart(8, '0')}`,
      ...(isRoot ? {} : { parentSpanId: spans[0]?.spanId ?? '' }),
      name,
      startMs: startMs + offsetMs,
      durationMs,
      attributes,
      resource,
      ...(error === undefined ? {} : { error }),
    });
  };
  const isSwitched = index % 4 === 3;
  const chat = (offsetMs: number, text: string, finish: string) => {
    const primary = {
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': 'anthropic',
      'gen_ai.request.model': 'claude-sonnet-4-5',
      'gen_ai.request.temperature': 0,
      'aigate.attempt': 1,
    };
    if (isSwitched) add('chat claude-sonnet-4-5', offsetMs, 100, { ...primary, 'error.type': '529' }, '529');
    const [provider, model, served] = isSwitched
      ? ['openai', 'gpt-4.1', 'gpt-4.1-2025-04-14']
      : ['anthropic', 'claude-sonnet-4-5', 'claude-sonnet-4-5-20250929'];
    add(`chat ${model}`, offsetMs + 100, 900 + index, {
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': provider,
      'gen_ai.request.model': model,
      'gen_ai.response.model': served,
      'gen_ai.usage.input_tokens': 1_500 + index,
      'gen_ai.usage.output_tokens': 200,
      'aigate.attempt': 1,
      'gen_ai.request.temperature': 0,
      'gen_ai.response.finish_reasons': [finish],
      'gen_ai.output.messages': JSON.stringify([{ role: 'assistant', parts: [{ type: 'text', content: text }] }]),
      ...(isSwitched ? { 'aigate.fallback.from': 'claude-sonnet-4-5', 'aigate.fallback.reason': 'overloaded' } : {}),
    });
  };
  const tool = (name: string, offsetMs: number) =>
    add(`execute_tool ${name}`, offsetMs, 50, {
      'gen_ai.operation.name': 'execute_tool',
      'gen_ai.tool.name': name,
      'gen_ai.tool.call.id': `${name}-${index}`,
      'gen_ai.tool.call.arguments': '{"case":"C-1"}',
    });
  add('invoke_agent fraud-review', 0, 5_500 + index, {
    'gen_ai.operation.name': 'invoke_agent',
    'aigate.case': 'summarize',
    'aigate.outcome': 'success',
    'enduser.id': 'analyst-7',
  });
  chat(0, 'AI-generated. Looking up the case.', 'tool_calls');
  tool('get_case', 1_200);
  add('approval', 1_300, 2_500, {
    'aigate.approval.decision': index % 10 === 0 ? 'modify' : 'approve',
    'aigate.approval.by': 'human',
    'aigate.approval.approver': 'fraud-analyst',
    'gen_ai.tool.name': 'create_case_note',
  });
  tool('create_case_note', 3_900);
  chat(4_000, 'Risk: medium.', 'stop');
  return spans;
}

/** OTLP/JSON lines, one run a line. */
export function recordingOf(runs: readonly (readonly TestSpan[])[]): string {
  return runs.map((spans) => `${JSON.stringify({ resourceSpans: spans.map(resourceSpan) })}\n`).join('');
}

function resourceSpan(span: TestSpan): object {
  const nano = (ms: number) => `${BigInt(ms) * 1_000_000n}`;
  const { traceId, spanId, parentSpanId, name } = span;
  return {
    resource: { attributes: attributesOf(span.resource) },
    scopeSpans: [
      {
        scope: { name: 'test' },
        spans: [
          {
            traceId,
            spanId,
            parentSpanId,
            name,
            kind: 3,
            startTimeUnixNano: nano(span.startMs),
            endTimeUnixNano: nano(span.startMs + span.durationMs),
            attributes: attributesOf(span.attributes),
            status: { code: span.error === undefined ? 0 : 2 },
          },
        ],
      },
    ],
  };
}

function attributesOf(values: TestSpan['attributes']): object[] {
  return Object.entries(values).map(([key, value]) => ({ key, value: anyValue(value) }));
}

function anyValue(value: string | number | readonly string[]): object {
  if (typeof value === 'number') return { intValue: String(value) };
  if (typeof value === 'string') return { stringValue: value };
  return { arrayValue: { values: value.map((one) => anyValue(one)) } };
}
