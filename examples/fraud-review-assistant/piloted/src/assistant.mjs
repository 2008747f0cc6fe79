/**
 * The assistant as it was piloted: `{"case":"C-1","kind":"…"}` on stdin, the answer on stdout. It works on good days. One
 * provider, the SDK's own timeouts and retries, whatever text has come is the answer, and notes are written unasked.
 */
import { readFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import Anthropic from '@anthropic-ai/sdk';
import { startTelemetry } from './telemetry.mjs';
import { runTool } from './tools.mjs';

const system = readFileSync(new URL('../prompts/system.md', import.meta.url), 'utf8');
const tools = JSON.parse(readFileSync(new URL('../tools/tools.json', import.meta.url), 'utf8'));
const task = JSON.parse(await text(process.stdin));
const telemetry = startTelemetry('fraud-review-assistant', { 'aigate.case': task.kind });

try {
  console.log(await workOn(task));
  await telemetry.end('success');
} catch (error) {
  console.error(error);
  process.exitCode = 1;
  await telemetry.end('failure');
}

async function workOn({ case: id, kind }) {
  const client = new Anthropic();
  const messages = [{ role: 'user', content: `Task: ${kind}. Case: ${id}.` }];
  for (;;) {
    const { said, calls } = await ask(client, messages);
    if (calls.length === 0) return said;
    const blocks = calls.map(({ id, name, args }) => ({ type: 'tool_use', id, name, input: args }));
    messages.push({ role: 'assistant', content: said === '' ? blocks : [{ type: 'text', text: said }, ...blocks] });
    const results = calls.map((call) => ({ type: 'tool_result', tool_use_id: call.id, content: run(call) }));
    messages.push({ role: 'user', content: results });
  }
}

/** Reads the stream and takes its end for the end of the answer. */
async function ask(client, messages) {
  const request = { model: 'claude-sonnet-4-6', max_tokens: 1_000, temperature: 0, system, messages, tools };
  const stream = await client.messages.create({ ...request, stream: true });
  const calls = new Map();
  let said = '';
  for await (const event of stream) {
    if (event.type === 'content_block_start' && event.content_block.type === 'tool_use') {
      calls.set(event.index, { id: event.content_block.id, name: event.content_block.name, json: '' });
    }
    if (event.type !== 'content_block_delta') continue;
    if (event.delta.type === 'text_delta') said += event.delta.text;
    if (event.delta.type === 'input_json_delta') calls.get(event.index).json += event.delta.partial_json;
  }
  return { said, calls: [...calls.values()].map(({ id, name, json }) => ({ id, name, args: JSON.parse(json) })) };
}

function run({ id, name, args }) {
  const step = telemetry.step(`execute_tool ${name}`, {
    'gen_ai.operation.name': 'execute_tool',
    'gen_ai.tool.name': name,
    'gen_ai.tool.call.id': id,
    'gen_ai.tool.call.arguments': JSON.stringify(args),
    ...(name === 'create_case_note' && { 'aigate.approval.by': 'none' }),
  });
  const result = runTool(name, args);
  step.end({});
  return JSON.stringify(result);
}
