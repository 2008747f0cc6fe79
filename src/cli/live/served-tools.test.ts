import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { aWorkload, MANIFEST, type Workload } from '../../dev/testing/workload.ts';

let workload: Workload;
afterEach(() => workload.remove());

const SCRIPT = `rules:
  - when: { turn: 0 }
    answer: { tool: { name: create_case_note, args: { case: C-1 } } }
    usage: { input: 100, output: 20 }
  - when: {}
    answer: { text: 'Risk: medium. AI-generated.' }
    usage: { input: 100, output: 20 }
`;

const manifest = MANIFEST.replace(
  'scenarios:\n',
  `live:
  command: [node, src/agent.mjs]
  upstream: { simulated: simulated.yaml }
  tools: { create_case_note: { answer: { note: N-1 } } }
  runs: 1
  timeout: 6s
drills: { faults: [tool-commit-timeout], runs: 3 }
scenarios:
`,
).replace(
  'select: { aigate.case: summarize }, expect',
  "select: { aigate.case: summarize }, inputs: ['case 1'], expect",
);

/** Asks the model, writes the note that it wants by \`write\`, and asks again. */
const agent = (write: string) => `
const ask = async (messages) => {
  const response = await fetch(process.env.ANTHROPIC_BASE_URL + '/v1/messages', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-api-key': 'k' },
    body: JSON.stringify({ model: 'claude-sonnet-4-5', max_tokens: 9, messages }),
  });
  return (await response.json()).content;
};
const note = async (args, key) => {
  const response = await fetch(process.env.AIGATE_TOOLS_URL + '/create_case_note', {
    method: 'POST',
    signal: AbortSignal.timeout(700),
    headers: { 'content-type': 'application/json', ...(key && { 'idempotency-key': key }) },
    body: JSON.stringify(args),
  });
  return response.json();
};
const messages = [{ role: 'user', content: 'case' }];
const content = await ask(messages);
const call = content.find(({ type }) => type === 'tool_use');
const result = await (${write})(call);
messages.push({ role: 'assistant', content });
messages.push({ role: 'user', content: [{ type: 'tool_result', tool_use_id: call.id, content: JSON.stringify(result) }] });
console.log((await ask(messages)).map(({ text }) => text).join(''));
`;

async function drilled(write: string) {
  return drilledAs({ 'aigate.yaml': manifest, 'src/agent.mjs': agent(write) });
}

async function drilledAs(files: Readonly<Record<string, string>>) {
  workload = await aWorkload({ 'simulated.yaml': SCRIPT, ...files });
  const { result } = await workload.check();
  const finding = result?.findings.find(({ checkId }) => checkId === 'fallback/safe-stop');
  const file = join(workload.dir, `.aigate/evidence/${result?.runId}/files/drills.json`);
  return { finding, runs: JSON.parse(await readFile(file, 'utf8')).runs };
}

describe('a tool that does what was asked and never answers', () => {
  it('shows the agent that asks again and writes twice', async () => {
    const { finding, runs } = await drilled('({ input }) => note(input).catch(() => note(input))');
    expect(finding).toMatchObject({
      outcome: 'fail',
      message: expect.stringContaining('1 write carried out again for the same call'),
    });
    expect(runs).toMatchObject(Array(3).fill({ fault: 'tool-commit-timeout', faulted: 1, repeatedWrites: 1 }));
  }, 60_000);

  it('passes one that asks again under the same key', async () => {
    const { finding, runs } = await drilled('({ input, id }) => note(input, id).catch(() => note(input, id))');
    expect(finding).toMatchObject({ outcome: 'pass', message: expect.stringContaining('3 recovered') });
    expect(runs[0]).toMatchObject({ faulted: 1, repeatedWrites: 0 });
  }, 60_000);

  it('proves nothing with an agent that writes elsewhere', async () => {
    const { finding } = await drilled('async () => ({ note: 1 })');
    expect(finding).toMatchObject({
      outcome: 'inconclusive',
      message: expect.stringContaining('0 of 3 runs met tool-commit-timeout'),
    });
  }, 60_000);
});

describe('an outage of the primary', () => {
  const outage = manifest.replace('tool-commit-timeout', 'http-503');

  it('shows the program that writes before any model has answered', async () => {
    const eager = agent('note').replace(
      'const content = await ask(messages);',
      "const content = await ask(messages).catch(() => undefined);\nif (!content) { await note({ case: 'C-1' }); process.exit(1); }",
    );
    const { finding, runs } = await drilledAs({ 'aigate.yaml': outage, 'src/agent.mjs': eager });
    expect(runs).toMatchObject(Array(3).fill({ fault: 'http-503', unaskedWrites: 1, ending: 'failed' }));
    expect(finding).toMatchObject({
      outcome: 'fail',
      message: expect.stringContaining('1 write that no answer had asked for'),
    });
  }, 60_000);

  it('shows the program that says what a tool would have done, which was never called', async () => {
    const expecting = outage.replace(
      "{ contains: 'Risk:' }",
      "{ contains: 'Risk:' }, { tool-called: create_case_note }",
    );
    const { runs } = await drilledAs({
      'aigate.yaml': expecting,
      'src/agent.mjs': agent('note').replace(
        'const content = await ask(messages);',
        "await ask(messages).catch(() => undefined); console.log('Risk: medium.'); process.exit(0); let content;",
      ),
    });
    expect(runs).toMatchObject(Array(3).fill({ faulted: 1, isExpected: false }));
  }, 60_000);
});
