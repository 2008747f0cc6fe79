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

const manifest = (undo: string, live = '') =>
  MANIFEST.replace(
    'scenarios:\n',
    `live:
  command: [node, src/agent.mjs]
  upstream: { simulated: simulated.yaml }
  runs: 1
  timeout: 6s${live}
drills: { faults: [http-500], runs: 3 }
scenarios:
`,
  )
    .replace('undo: delete_case_note }', `undo: ${undo} }`)
    .replace(
      'select: { aigate.case: summarize }, expect',
      "select: { aigate.case: summarize }, inputs: ['case 1'], expect",
    );

const AGENT = `
import { writeFileSync } from 'node:fs';
const ask = async (messages) => {
  const response = await fetch(process.env.ANTHROPIC_BASE_URL + '/v1/messages', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-api-key': 'k' },
    body: JSON.stringify({ model: 'claude-sonnet-4-5', max_tokens: 9, messages }),
  });
  if (!response.ok) process.exit(1);
  return (await response.json()).content;
};
const messages = [{ role: 'user', content: 'case' }];
const content = await ask(messages);
const call = content.find(({ type }) => type === 'tool_use');
writeFileSync('note-' + call.input.case, 'note');
messages.push({ role: 'assistant', content });
messages.push({ role: 'user', content: [{ type: 'tool_result', tool_use_id: call.id, content: '{}' }] });
console.log((await ask(messages)).map(({ text }) => text).join(''));
`;

const READ =
  "import { existsSync, readFileSync, rmSync } from 'node:fs';\nconst { args } = JSON.parse(readFileSync(0, 'utf8'));\n";
const FILES = {
  'simulated.yaml': SCRIPT,
  'src/agent.mjs': AGENT,
  'src/undo.mjs': `${READ}rmSync('note-' + args.case);\n`,
  'src/idle.mjs': '',
  'src/gone.mjs': `${READ}process.exit(existsSync('note-' + args.case) ? 1 : 0);\n`,
  'src/undo-tool.mjs':
    "await fetch(process.env.AIGATE_TOOLS_URL + '/delete_case_note', { method: 'POST', body: '{}' });\n",
};

async function rolledBack(undo: string, live?: string) {
  workload = await aWorkload({ 'aigate.yaml': manifest(undo, live), ...FILES });
  const { result } = await workload.check();
  return result?.findings.find(({ checkId }) => checkId === 'fallback/rollback');
}

describe('the drill of an undo', () => {
  it('passes one that leaves nothing, seen by what looks before and after', async () => {
    const undo = '{ tool: delete_case_note, command: [node, src/undo.mjs], verify: [node, src/gone.mjs] }';
    expect(await rolledBack(undo)).toMatchObject({ outcome: 'pass', n: 3 });
  }, 60_000);

  it('fails one that says that it did, and did not', async () => {
    const undo = '{ tool: delete_case_note, command: [node, src/idle.mjs], verify: [node, src/gone.mjs] }';
    expect(await rolledBack(undo)).toMatchObject({ outcome: 'fail', message: expect.stringContaining('still-there') });
  }, 60_000);

  it('does not believe what looks and never saw it', async () => {
    const undo = '{ tool: delete_case_note, command: [node, src/idle.mjs], verify: [node, src/idle.mjs] }';
    expect(await rolledBack(undo)).toMatchObject({ outcome: 'inconclusive' });
  }, 60_000);

  it('sees at the played tools whether the tool that takes it back was called', async () => {
    const live = '\n  tools: { create_case_note: { answer: {} }, delete_case_note: { answer: {} } }';
    const undo = '{ tool: delete_case_note, command: [node, src/undo-tool.mjs] }';
    expect(await rolledBack(undo, live)).toMatchObject({ outcome: 'pass', n: 3 });
  }, 60_000);

  it('makes no more runs than the budget has calls for, and says so', async () => {
    const undo = '{ tool: delete_case_note, command: [node, src/undo.mjs], verify: [node, src/gone.mjs] }';
    const seen = await rolledBack(undo, '\n  budget: { calls: 5 }');
    expect(seen).toMatchObject({
      ...{ outcome: 'inconclusive', n: 1 },
      missing: { remedy: expect.stringContaining('Raise live.budget') },
    });
    expect(seen?.message).toMatch(/^1 of 3 runs took back .*; runs were left out: .*call/);
  }, 60_000);

  it('does not blame the budget where only the stop drill had no room', async () => {
    const undo = '{ tool: delete_case_note, command: [node, src/idle.mjs], verify: [node, src/idle.mjs] }';
    const stop = '\nkillSwitch: { command: [node, src/idle.mjs], within: 1s }';
    const seen = await rolledBack(undo, `\n  budget: { calls: 8 }${stop}`);
    expect(seen).toMatchObject({ outcome: 'inconclusive' });
    expect(JSON.stringify(seen)).not.toContain('budget');
  }, 60_000);
});
